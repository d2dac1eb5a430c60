import type { FailureTexts } from './failure-texts.ts'

/** What goes wrong at web systems: the codes of connectors/browser. */
export const webFailures: FailureTexts = {
  whole: {
    'browser-closed': 'De werker stopt: het werkitem wordt later opnieuw geprobeerd.',
    'browser-start': 'De browser van de werker start niet: laat op die machine “ontregel doctor” uitvoeren.',
    'dialog-unexpected':
      'De pagina stelde in een apart venster een vraag die de robot niet kent: bekijk de pagina, en zet de vraag in de instellingen van het systeem als zij geen kwaad kan.',
    'host-denied':
      'De pagina leidde naar een adres dat niet bij het systeem hoort: bekijk de pagina, en voeg het adres toe aan de toegestane adressen als het er wel bij hoort.',
    'page-crashed': 'De pagina liep vast in de browser: het werkitem wordt opnieuw geprobeerd.',
    'press-unsure': 'De browser zegt niet of de knop is ingedrukt: later wordt opgezocht of het gebeurd is.',
    'session-ended': 'Het werkitem was al afgelopen: de pagina is gesloten.',
    'upload-differs': 'De pagina bevat niet de bestanden die erin zijn gezet: bekijk de pagina.',
    'window-unexpected':
      'De pagina opende een venster dat de robot niet kent: bekijk de pagina, en sta vensters toe in de instellingen van het systeem als het geen kwaad kan.',
  },
  part: {
    'browser-gone': 'De browser stopte tijdens het werk: het werkitem wordt later opnieuw geprobeerd.',
    'browser-missing':
      'Op de machine van de werker staat geen bruikbare browser: laat Chrome, Edge of Chromium installeren.',
    'browser-stays': 'De browser van de werker sluit niet: laat hem met de hand beëindigen.',
    'certificate-key':
      'Het systeem vraagt een certificaat: voer bij het systeem de sleutel in die erbij hoort.',
    'certificate-refused':
      'Het certificaat van het systeem wordt niet vertrouwd: laat het vernieuwen, of laat de uitgever ervan installeren.',
    'connection-broken':
      'De verbinding met het systeem brak af voordat er iets verstuurd was: het werkitem wordt later opnieuw geprobeerd.',
    'connection-lost': 'De verbinding met het systeem brak af: kijk of het systeem opnieuw is gestart.',
    'credentials-missing':
      'Het systeem vraagt om in te loggen, en er zijn geen inloggegevens: vul die in bij het systeem.',
    'download-too-large':
      'Er werd een te groot bestand aangeboden: bekijk de pagina en haal het bestand met de hand op.',
    'element-ambiguous': 'De pagina toont meer dan eens iets wat de robot één keer kent: bekijk de pagina.',
    'field-ambiguous': 'Een veld staat meer dan eens op de pagina: bekijk de pagina.',
    'field-closed': 'Een veld kan niet ingevuld worden: bekijk de pagina.',
    'field-differs': 'Een veld toont iets anders dan er is ingevuld: bekijk de pagina.',
    'field-missing': 'Een veld staat niet op de pagina: bekijk de pagina.',
    'field-no-option':
      'Een keuze die gemaakt moest worden staat niet precies één keer in de lijst: bekijk de pagina.',
    'field-required': 'De pagina vraagt een gegeven dat de robot niet kent of niet heeft: bekijk de pagina.',
    'field-too-long': 'In een veld past minder tekst dan erin hoort: bekijk de pagina.',
    'page-slow': 'De pagina was te lang aan het laden: het werkitem wordt later opnieuw geprobeerd.',
    'page-unexpected': 'De pagina is een andere dan de robot kent, of zij is veranderd: bekijk de pagina.',
    'press-ambiguous': 'De knop staat meer dan eens op de pagina: er is niets ingedrukt. Bekijk de pagina.',
    'press-blocked': 'De knop kan niet ingedrukt worden: er is niets gebeurd. Bekijk de pagina.',
    'press-missing': 'De knop staat niet op de pagina: er is niets ingedrukt. Bekijk de pagina.',
    'server-error':
      'Het systeem antwoordde met een fout: kijk of het werkt, en bij een handeling of die is uitgevoerd.',
    'session-expired':
      'Het systeem logde de robot tijdens het werk uit: het werkitem wordt opnieuw geprobeerd.',
    'sign-in-code-missing':
      'Het systeem vraagt een eenmalige code: vul het geheim daarvan in bij de inloggegevens van het systeem.',
    'sign-in-elsewhere':
      'Het systeem laat op een ander adres inloggen dan de instellingen noemen: bekijk de pagina, en vul het adres in als het klopt.',
    'sign-in-lost':
      'Het systeem houdt de robot niet ingelogd: kijk of de instellingen voor het inloggen kloppen.',
    timeout:
      'Een pagina deed niet op tijd waar de robot op wachtte: het werkitem wordt later opnieuw geprobeerd.',
    unreachable: 'Het systeem is niet bereikbaar: kijk of het werkt en of het adres klopt.',
    'upload-too-large': 'De bestanden zijn te groot voor de robot om te versturen: doe het met de hand.',
  },
}

/** What goes wrong with FHIR and HL7: the codes of connectors/fhir and connectors/hl7. */
export const messageFailures: FailureTexts = {
  whole: {
    'condition-empty':
      'De robot wilde iets aanmaken zonder voorwaarde: er is niets gedaan. Meld het de maker van de robot.',
    'hl7-no-escape':
      'Een waarde bevat een teken dat in dit HL7-bericht niet geschreven kan worden: vraag de afzender om een escape-teken.',
    'id-invalid': 'Een FHIR-nummer bevat tekens die niet mogen: kijk waar het vandaan kwam.',
    'search-empty':
      'De robot zocht met een lege of verkeerde zoekterm: er is niet gezocht. Meld het de maker van de robot.',
    'type-invalid': 'De robot vroeg een soort FHIR-gegeven die niet bestaat: meld het de maker van de robot.',
  },
  part: {
    'address-unknown': 'Het FHIR-systeem kent dit adres niet: laat de instellingen van het systeem nakijken.',
    'another-resource':
      'Het FHIR-systeem antwoordde met een ander gegeven dan gevraagd: laat naar het systeem kijken.',
    'answer-too-large':
      'Het FHIR-systeem stuurde een te groot antwoord: vraag minder tegelijk, of verhoog de grens van het systeem.',
    'answer-unreadable':
      'Het FHIR-systeem antwoordde met iets anders dan FHIR: kijk wat ertussen staat, en of het adres klopt.',
    busy: 'Het systeem heeft het te druk: er is niets gedaan, en het wordt later opnieuw geprobeerd.',
    'certificate-expired': 'Een certificaat van het systeem is verlopen: laat het vernieuwen.',
    'conditional-create':
      'Het FHIR-systeem zegt niet dat het alleen aanmaakt wat er nog niet is: zonder dat mag een robot er niets aanmaken.',
    deleted: 'Wat gevraagd werd, is in het systeem verwijderd: bekijk het daar en beslis.',
    forbidden: 'Het account van de robot mag dit niet in het systeem: laat de rechten daar aanpassen.',
    'hl7-cannot-set': 'Een plaats in het HL7-bericht kan niet gevuld worden: laat de instellingen nakijken.',
    'hl7-certificate':
      'Het certificaat van de HL7-ontvanger wordt niet vertrouwd: laat het vernieuwen, of laat de uitgever ervan installeren.',
    'hl7-channel-cannot-open': 'Het kanaal kan niet luisteren: kijk of poort en adres kloppen en vrij zijn.',
    'hl7-character':
      'Een waarde bevat een teken dat in de tekenset van het HL7-bericht niet bestaat: pas de tekst of de tekenset (MSH-18) aan.',
    'hl7-connection-lost':
      'De verbinding brak af: het HL7-bericht is misschien aangekomen. Zoek het op voordat het opnieuw wordt verstuurd.',
    'hl7-no-answer':
      'De ontvanger antwoordde niet: het HL7-bericht is misschien aangekomen. Zoek het op voordat het opnieuw wordt verstuurd.',
    'hl7-path': 'Dit is geen plaats in een HL7-bericht: schrijf haar zoals PID-5.1 of OBX[3]-5.',
    'hl7-refused': 'De ontvanger weigerde het HL7-bericht: bekijk het antwoord en verbeter het bericht.',
    'hl7-too-many-messages':
      'Er kwamen te veel HL7-berichten tegelijk: vraag de afzender er minder tegelijk te sturen.',
    'hl7-too-many-repetitions':
      'Een veld van het HL7-bericht staat er te vaak in: vraag het de afzender, of verhoog de grens van het kanaal.',
    'hl7-too-many-segments':
      'Het HL7-bericht heeft te veel segmenten: vraag het de afzender, of verhoog de grens van het kanaal.',
    'hl7-unbuildable':
      'De robot wilde een HL7-bericht versturen dat er geen is: meld het de maker van de robot.',
    'hl7-unreachable': 'De HL7-ontvanger is niet bereikbaar: kijk of hij werkt en of het adres klopt.',
    'hl7-unreadable': 'Dit is geen leesbaar HL7-bericht: vraag het de afzender.',
    locked: 'Iemand anders heeft het gegeven in gebruik: het wordt later opnieuw geprobeerd.',
    'no-answer': 'Het systeem antwoordde niet op tijd: kijk of het traag is of niet werkt.',
    'not-supported':
      'Het FHIR-systeem kan dit niet: laat de instellingen van het systeem of de robot nakijken.',
    'paging-endless': 'Het FHIR-systeem bleef vervolgpagina’s geven: laat naar het systeem kijken.',
    'personal-data-in-address':
      'Bij deze zoekvraag zou een persoonsgegeven in een adres komen: er is niet gezocht. Laat zoeken met POST, of op iets anders.',
    'post-search': 'Zoeken in het FHIR-systeem lukt niet: laat naar het systeem kijken.',
    redirected: 'Het FHIR-systeem verwijst naar een ander adres: laat het adres van het systeem nakijken.',
    rejected: 'Het systeem nam de gegevens niet aan: bekijk het geval daar en beslis.',
    'request-refused':
      'Het FHIR-systeem nam de vraag niet aan: laat de instellingen van het systeem of de robot nakijken.',
    'resource-field': 'In een FHIR-gegeven ontbreekt een veld of klopt het niet: bekijk het gegeven.',
    'resource-type':
      'Het FHIR-systeem gaf een ander soort gegeven dan gevraagd: laat de instellingen van het systeem nakijken.',
    'search-ignored': 'Het FHIR-systeem zocht op iets anders dan gevraagd: laat naar het systeem kijken.',
    'several-match': 'Meer dan één gegeven in het systeem past bij dit geval: bekijk het daar en beslis.',
    'several-subscriptions':
      'Het FHIR-systeem heeft meer dan één abonnement voor deze aanleiding: laat daar één over.',
    'sign-in-settings': 'De instellingen voor het inloggen bij het FHIR-systeem kloppen niet: verbeter ze.',
    'sign-in-unavailable': 'Inloggen bij het FHIR-systeem kan nu niet: het wordt later opnieuw geprobeerd.',
    'signing-key':
      'De sleutel waarmee de robot zich bij het FHIR-systeem meldt, is niet bruikbaar: voer hem opnieuw in.',
    transaction:
      'Het FHIR-systeem zegt niet dat het meer wijzigingen in één keer kan doen: laat dat daar toestaan.',
    'transaction-partial':
      'Het FHIR-systeem voerde misschien maar een deel van de wijzigingen uit: bekijk ze daar.',
    version:
      'Het FHIR-systeem heeft een andere versie dan de instellingen zeggen: verbeter de versie of het adres.',
    'version-conflict': 'Het gegeven werd intussen door een ander gewijzigd: het wordt opnieuw geprobeerd.',
    'weak-secret': 'Het geheim van het abonnement is te kort: laat een nieuw maken.',
  },
}
