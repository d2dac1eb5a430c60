import type { FailureTexts } from './failure-texts.ts'

/** What is refused on the pages: the codes of plans, systems, lists, the worklist and the savings. */
export const planFailures: FailureTexts = {
  whole: {
    'idea-decided':
      'Over dit idee is al besloten, dus stemmen kan niet meer. Vraag het programma om het weer te openen.',
    'access-of-whom': 'Vul een patiënt of een account in: een download is van één van beide.',
    'activity-unknown':
      'Het is niet bekend voor welke activiteit deze robot werkt, dus dit geval zou twee keer kunnen tellen. Laat IT een versie starten die de robot heeft, en maak het dan af.',
    'amount-missing': 'Vul in hoeveel gevallen er gemeten zijn, of kies schatting als manier.',
    'another-case':
      'Dit is een ander geval dan dat van het werkitem. Verbeter het werkitem zelf, of laat het vervallen.',
    'chain-parts': 'Een keten heeft minstens twee inzetten: voeg er een toe.',
    'cron-invalid': 'Dit is geen rooster: schrijf vijf velden, zoals 0 7 * * 1-5 voor werkdagen om 07:00.',
    'deployment-off': 'Deze inzet staat uit. Zet hem eerst aan het werk.',
    'item-missing': 'In schaduw hoort een tijd bij een werkitem: kies het werkitem erbij.',
    'list-gone': 'Deze lijst is al aangenomen of ouder dan een dag. Bied het bestand opnieuw aan.',
    'look-first': 'Het is onzeker of de handeling is gelukt. Kijk eerst in het systeem en geef dat hier aan.',
    'no-way-back': 'Een wijziging van deze soort kan niet teruggezet worden.',
    'not-in-hand': 'Dit werkitem is hier niet meer in behandeling. Open het opnieuw vanaf de uitvallijst.',
    'not-parked': 'Dit werkitem wacht niet meer op een mens.',
    'preview-spent': 'Dit voorbeeld is al uitgevoerd of ouder dan een uur. Maak het opnieuw.',
    'realised-meanwhile':
      'Voor deze dagen is intussen iets anders ondertekend: bekijk dat en probeer het opnieuw.',
    'responsible-missing': 'Kies wie verantwoordelijk is voor wat de robot doet.',
    'run-busy': 'Deze ronde is er niet, of zij is nog bezig: wacht even en probeer het opnieuw.',
    'run-counted':
      'Van deze ronde zijn al werkitems geteld: markeer in plaats daarvan de dagen van de inzet.',
    'second-account':
      'Hier zijn vier ogen nodig: een ander account dan dat van de vraag moet dit goedkeuren.',
    'trial-while-live': 'Deze inzet is live. Zet die eerst terug naar schaduw om iets anders te proberen.',
    'worker-stops': 'Deze werker stopt al. Start hem opnieuw op de machine zelf.',
  },
  part: {
    'case-not-running':
      'Dit geval loopt niet meer: het is niet bewaard, of de meting is beëindigd. Start een nieuw geval.',
    'case-runs': 'Er loopt al een ander geval: maak dat af, of bewaar het niet.',
    'case-too-long': 'Dit geval liep langer dan een dag: bewaar het niet, en meet een ander.',
    'case-too-short': 'Het geval liep nog geen seconde, en loopt nog door.',
    'measurement-closed': 'Deze meting is beëindigd: hier kan niets meer worden gemeten.',
    'too-many-counts':
      'De periode heeft te veel tellingen per dag: kies een kortere periode of één ziekenhuis.',
    'activity-given': 'Deze robot heeft al een eigen activiteit: laat haar hier weg.',
    'address-invalid':
      'Dit adres kan niet: schrijf het volledige adres van het systeem, zoals https://epd.ziekenhuis.example/.',
    'allowed-host-invalid':
      'Een toegestaan adres klopt niet: schrijf alleen de naam, zoals epd.ziekenhuis.example.',
    'amount-invalid': 'Dit getal kan niet: verbeter het.',
    'baseline-backdated':
      'De nulmeting is gemeten nadat er al geteld was: laat haar op de meetdag ingaan, of kies dat ook die werkitems ermee tellen.',
    'baseline-ended': 'Deze nulmeting is al beëindigd: voeg een nieuwe toe.',
    'baseline-exists': 'Op die dag geldt al een nulmeting van deze variant: geef de nieuwe een andere dag.',
    'baseline-gap': 'Tussen twee nulmetingen zou een gat vallen: laat de nieuwe aansluiten.',
    'baseline-in-chain': 'Een keten verdeelt deze nulmeting: beëindig eerst die keten.',
    'baseline-meanwhile':
      'Iemand anders veranderde intussen het einde van deze nulmeting: bekijk dat, en beëindig haar zo nodig opnieuw.',
    'baseline-missing': 'Er is een nulmeting nodig: voeg er minstens een toe.',
    'baseline-overlaps':
      'Een andere nulmeting van deze variant geldt op een deel van deze dagen: kies een latere dag.',
    'baseline-stays': 'Er is al met deze nulmeting geteld, dus zij blijft zoals zij is: kies een latere dag.',
    'baseline-used': 'Er is al met deze nulmeting geteld, dus zij blijft: beëindig haar na die dag.',
    'baseline-twice': 'Deze variant heeft twee nulmetingen vanaf dezelfde dag: laat er één over.',
    'bot-invalid': 'Deze naam van een robot kan niet: gebruik kleine letters, cijfers en streepjes.',
    'bot-unknown': 'Deze robot zit niet in deze versie: kies een andere, of werk Ontregel bij.',
    'cell-broken': 'In een cel staat een teken dat niet bestaat: typ de cel opnieuw.',
    'cell-long': 'In een cel staat te veel tekst: kort haar in.',
    'chain-adds-up': 'De aandelen in de keten moeten samen 1 zijn: verbeter ze.',
    'chain-overlaps':
      'Een variant zit op een deel van deze dagen al in een andere keten: beëindig die eerst.',
    'chain-shares': 'Alle varianten van een inzet hebben in de keten hetzelfde aandeel: maak ze gelijk.',
    'chain-stays': 'Een keten verandert niet en eindigt na de laatste getelde dag: kies een latere dag.',
    'chain-too-early': 'Er is op deze dagen al geteld: kies een latere dag.',
    'chain-part-twice': 'Deze variant staat twee keer in de keten: laat er een weg.',
    'channel-invalid': 'Een instelling van het kanaal klopt niet: verbeter haar.',
    'channel-in-use': 'Er kwamen berichten over dit kanaal binnen, die bewaard worden: laat het uit staan.',
    'channel-on': 'Dit kanaal staat aan: zet het eerst uit en haal het dan weg.',
    'channel-waits':
      'Berichten van dit kanaal wachten of staan apart: verwerk ze eerst opnieuw of sla ze over.',
    'columns-invalid': 'De kolommen van het bestand kloppen niet: vergelijk ze met het voorbeeld.',
    'credentials-unfit': 'Dit systeem vraagt andere inloggegevens: vul in waar het om vraagt.',
    'cron-never-fires':
      'Dit rooster valt alleen op vrije dagen: kies andere dagen, of sla vrije dagen niet over.',
    'date-invalid': 'Dit is geen bestaande datum: verbeter haar.',
    'date-unlikely': 'Dit is geen dag van 2000 tot en met 2099: verbeter het jaar.',
    'day-long-past': 'Deze dag ligt meer dan twee jaar terug: verbeter het jaar of kies een latere dag.',
    'day-to-come': 'Deze dag ligt te ver vooruit: kies een eerdere.',
    'deployment-not-live': 'Deze inzet is niet live: zet hem eerst aan het werk.',
    'deployment-unknown': 'Deze inzet is er niet (meer): kies een andere.',
    'draft-exists': 'Iemand is deze inzet aan het wijzigen: maak dat concept eerst af of gooi het weg.',
    'figure-withheld':
      'Deze inzet telde zo weinig werkitems dat de uren niet getoond worden: bekijk die van het ziekenhuis.',
    'hours-differ': 'De uren van deze groep zijn in elke regel gelijk: verbeter ze.',
    'hospital-unknown': 'Dit ziekenhuis is er niet: kies een ander.',
    'id-taken': 'Deze naam is al in gebruik: kies een andere.',
    'import-known':
      'Precies dit is al eerder aangeleverd en er is niets opnieuw aangenomen: trek die import eerst terug.',
    'import-withdrawn': 'Deze import is al teruggetrokken.',
    'in-hand': 'Een collega heeft dit werkitem onder handen.',
    'item-known': 'Dit geval heeft de robot al gehad: kies een ander.',
    'item-not-shadow': 'Dit werkitem is niet in schaduw gedaan: kies een ander.',
    'last-administrator': 'Dit is de laatste beheerder van het ziekenhuis: geef eerst iemand anders die rol.',
    'list-changed':
      'Intussen kwamen gevallen van deze lijst op een andere manier binnen, dus er is niets aangenomen. Bied het bestand opnieuw aan.',
    'list-impossible': 'Deze robot kan niet met een lijst werken: zijn gegevens passen niet in kolommen.',
    'list-not-plain':
      'Dit bestand is anders opgeslagen dan hier te lezen is: kies in het rekenblad “Opslaan als” en dan “CSV UTF-8”.',
    'list-too-large': 'Deze lijst is te groot: splits haar.',
    'list-unreadable': 'Dit bestand is niet te lezen als lijst: vergelijk het met het voorbeeld.',
    'norm-signed':
      'In deze tijd zijn uren ondertekend, met de norm van toen: laat een norm op een latere dag ingaan.',
    'norm-unlikely': 'Zoveel uren werkt één FTE niet in een jaar: vul 1.000 tot 2.100 in.',
    'norm-exists': 'Er is al een norm vanaf die dag: kies een andere dag.',
    'not-ours': 'Dit account hoort ook bij een ander ziekenhuis: vraag het de beheerder daar.',
    'not-stopped': 'Deze inzet was niet gestopt: hij gaat al verder.',
    'only-reports': 'Deze robot zit niet in deze versie en meldt alleen wat hij deed: laat dit weg.',
    'period-too-long':
      'Deze periode is langer dan tien jaar: kies een latere begindag, en vraag de jaren ervoor apart.',
    'number-ambiguous':
      'Zijn drie cijfers na een punt of komma duizendtallen of decimalen? Laat bij duizendtallen het teken weg, en schrijf anders twee of vier decimalen.',
    'period-not-begun': 'Deze periode is nog niet begonnen: kies een eerdere.',
    'period-not-months': 'Teken hele maanden: van de eerste tot en met de laatste dag van een maand.',
    'period-not-over': 'Deze periode is nog niet voorbij: onderteken een periode die voorbij is.',
    'period-over-years': 'Onderteken elk jaar apart: deze periode ligt in meer dan één jaar.',
    'period-reversed': 'Het einde ligt voor het begin: verbeter de dagen.',
    'phase-order':
      'Zo staan de fasen niet op volgorde: kies een andere dag, of haal eerst de fase weg die niet klopt.',
    'pleasure-reversed':
      'De meting met de robot zou vóór die zonder liggen: verbeter de dag, of leg de andere meting opnieuw vast.',
    'port-taken': 'Een ander kanaal luistert al op deze poort: kies een andere.',
    'realised-within-net': 'Dit zijn meer uren dan er nog te ondertekenen zijn: vul er minder in.',
    'responsible-unknown': 'Dit is geen account van dit ziekenhuis: kies iemand anders.',
    'role-unknown': 'Deze robot heeft dit systeem niet nodig: laat het weg.',
    'row-known': 'Dit geval heeft de robot al: haal de regel weg.',
    'row-outside': 'Er staat een cel buiten de kolommen: maak haar leeg.',
    'row-twice': 'Hetzelfde geval staat twee keer in de lijst: haal er een weg.',
    'rows-invalid': 'Er is niets aangenomen: verbeter de genoemde regels en bied de hele lijst opnieuw aan.',
    'setting-invalid': 'Vul dit in, of kijk wat de toelichting vraagt.',
    'share-too-large': 'De aandelen van deze groep komen boven 1: maak ze kleiner.',
    'spread-missing':
      'Vul de spreiding van de gevallen in (standaardafwijking, in minuten): zonder spreiding heeft het gemiddelde geen interval. Is alleen het gemiddelde bekend, kies dan schatting.',
    'system-in-use': 'Een inzet gebruikt dit systeem: geef die eerst een ander systeem.',
    'system-kind': 'Dit systeem is van een andere soort: kies een ander.',
    'text-invalid': 'Deze tekst ontbreekt of is te lang: verbeter haar.',
    'before-baselines':
      'Dit tijdstip ligt vóór de eerste nulmeting van de inzet: verbeter het jaar of voeg een nulmeting toe.',
    'time-to-come': 'Dit tijdstip moet nog komen: meld wat klaar is.',
    'too-few-cases': 'Er zijn te weinig gevallen gemeten: meet er meer.',
    'trigger-twice': 'Deze aanleiding staat er dubbel: geef er een een andere naam.',
    'trigger-unfit': 'Deze robot kan hier niet door beginnen: kies een andere aanleiding.',
    'variant-without-baseline':
      'Voor deze variant geldt op die dag geen nulmeting: voeg er een toe, of verbeter de variant.',
  },
}
