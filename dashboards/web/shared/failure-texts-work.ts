import type { FailureTexts } from './failure-texts.ts'

/** What becomes of items, runs, triggers and queues: the codes of orchestrator/work, triggers, queue and secrets. */
export const workFailures: FailureTexts = {
  whole: {
    'bell-given-up': 'De werker die bezig was stopte: het werk wordt vanzelf opnieuw aangeboden.',
    'case-taken':
      'Dit geval is er al als ander werkitem: laat dit werkitem vervallen, of behandel het andere.',
    'dead-man':
      'Er verstreek te veel tijd vlak voor het indrukken: er wordt opgezocht of er iets gebeurd is.',
    'no-last-updated':
      'Het FHIR-systeem geeft geen tijd van wijziging: deze aanleiding kan daar niet mee werken. Laat naar het systeem kijken.',
    'poll-lost': 'Een andere werker volgt deze aanleiding nu.',
    'queue-closed': 'De wachtrij is gesloten: start de werker opnieuw.',
    'run-lost': 'Een andere werker verzamelt deze ronde nu.',
    stopped: 'De werker stopte: het wordt later opnieuw geprobeerd.',
    'worker-lost':
      'De werker antwoordde niet meer: het werkitem wordt opnieuw geprobeerd, of er wordt opgezocht of het gebeurd is.',
  },
  part: {
    'act-changed':
      'Deze handeling is eerder met een andere inhoud gedaan: vergelijk het werkitem met het systeem en verbeter het daar met de hand.',
    'bell-unreadable': 'In de wachtrij stond iets onleesbaars: het is overgeslagen. Meld het de beheerder.',
    'cannot-collect': 'Deze robot zoekt zelf geen werk: geef de inzet berichten als aanleiding.',
    'cannot-look':
      'Het is onzeker of een handeling gebeurd is, en de robot kan het niet opzoeken: kijk in het systeem.',
    'cannot-repeat':
      'Het is onzeker of een handeling gebeurd is, en zij zou nu anders gedaan worden: kijk in het systeem.',
    'cannot-read-fhir': 'Deze robot leest geen FHIR-gegevens: geef de inzet een rooster.',
    contradicted:
      'In het systeem staat iets anders dan de robot heeft vastgelegd. De inzet is gestopt: kijk in het systeem.',
    'follow-up':
      'Het werkitem gaat verder bij een andere robot, en die moet hier precies één inzet hebben: zet die robot één keer aan het werk.',
    'found-different':
      'In het systeem staat het al, maar anders: vergelijk het werkitem met het systeem en beslis wat klopt.',
    'half-done':
      'Een deel is echt gedaan, en daarna is de inzet in schaduw gezet: doe de rest met de hand, of geef het terug zodra de inzet live is.',
    'hl7-too-many-patients':
      'Het bericht noemt te veel patiëntnummers: vraag de afzender wat het is en sla het dan over.',
    'looks-differ': 'Twee keer opzoeken gaf verschillende antwoorden: het wordt later opnieuw opgezocht.',
    'no-seat': 'Alle plaatsen van dit systeem waren bezet: probeer het later, of geef het meer plaatsen.',
    'queue-trouble': 'De wachtrij is niet bereikbaar: het werk gaat verder zodra zij terug is.',
    'run-failed':
      'De ronde leverde niets op. Bekijk de oorspronkelijke melding; de volgende ronde probeert het opnieuw.',
    'secret-invalid':
      'Een geheim van het systeem heeft niet de juiste vorm: voer het opnieuw in bij het systeem.',
    'secret-missing': 'Er is nog geen wachtwoord of sleutel ingevuld: vul hem in.',
    'system-missing': 'De inzet mist een systeem: kies een systeem van dit ziekenhuis.',
    'system-settings': 'Een instelling van het systeem klopt niet: verbeter haar bij het systeem.',
    unsealing:
      'Een bewaard geheim kan niet geopend worden: voer het opnieuw in, of laat de sleutel herstellen.',
    'variant-unknown': 'De robot kent deze variant niet: kies een andere, of meld het de maker van de robot.',
    'vault-answer': 'Vault gaf een antwoord dat niet te lezen is: laat naar Vault kijken.',
    'vault-empty': 'Vault heeft geen sleutel op de ingestelde plaats: laat hem daar neerzetten.',
    'vault-refused': 'Vault weigerde de sleutel te geven: laat de rechten daar nakijken.',
    'vault-unreachable': 'Vault is niet bereikbaar: laat kijken of het werkt.',
  },
}

/** What alarms are about, by their kind. */
export const alarmTexts: FailureTexts = {
  whole: {},
  part: {
    'access-log-changed':
      'Het toegangslog is niet meer zoals het geschreven is: laat uitzoeken wat er gebeurd is.',
    'channel-key': 'Het kanaal mist een bruikbare sleutel of een bruikbaar certificaat: laat die instellen.',
    'channel-shut':
      'Een kanaal luistert niet: kijk bij het kanaal naar adres, poort, certificaat en sleutel.',
    'circuit-open': 'Een systeem gaf te vaak een fout en wordt even met rust gelaten: kijk of het werkt.',
    'deployment-stopped':
      'De inzet doet niets meer: bekijk wat er misging en laat de inzet daarna weer doorgaan.',
    'fhir-poll': 'Wijzigingen opvragen bij het FHIR-systeem mislukt steeds: kijk naar het systeem.',
    'fhir-subscription': 'Het abonnement bij het FHIR-systeem lukt steeds niet: kijk naar het systeem.',
    late: 'Een werker drukte iets in nadat hij het werkitem kwijt was: kijk in het systeem of het dubbel gebeurd is.',
    'message-aside': 'Een bericht is apart gezet: bekijk het bij de berichten.',
    'message-differs':
      'Er kwam een bericht met een nummer (MSH-10) dat al gebruikt is, met een andere inhoud. Het is geweigerd: vraag de afzender welk bericht geldt.',
    'message-unkept':
      'Wat de robot uit het bericht leest, kan niet worden bewaard: vraag de afzender wat er te lang of vreemd aan is, en sla het bericht dan over.',
    'messages-overdue':
      'Er wachten berichten langer dan ze bewaard worden: verwerk ze opnieuw of sla ze over.',
    'realised-over-net':
      'Er is meer ondertekend als gerealiseerd dan er netto overblijft: trek in of onderteken opnieuw, op de pagina Gerealiseerd.',
    'recount-differs': 'Natellen van de besparing gaf een andere uitkomst: laat kijken waardoor.',
    'recount-overdue':
      'De besparing is al meer dan twee dagen niet nageteld: laat kijken waarom. Op de pagina Besparing staat wanneer het voor het laatst lukte.',
    'target-differs':
      'In het systeem staat niet (meer) wat de robot heeft gedaan: vergelijk het werkitem met het systeem.',
  },
}
