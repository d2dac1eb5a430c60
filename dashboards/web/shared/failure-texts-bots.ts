import type { FailureTexts } from './failure-texts.ts'

/** What robots say of a case: the codes of bots/. */
export const botFailures: FailureTexts = {
  whole: {
    'another-date': 'De verzekeraar controleerde een andere dag dan gevraagd: bekijk de pagina.',
    'another-referral':
      'Het portaal toont een andere datum of een ander specialisme dan de lijst met verwijzingen: bekijk de verwijzing in het portaal.',
    'answer-unknown': 'De verzekeraar zegt “Ja” noch “Nee” over de verzekering: bekijk de pagina.',
    'appointment-changed': 'De afspraak werd op dit moment gewijzigd: het werkitem wordt opnieuw geprobeerd.',
    'appointment-in-progress':
      'Bij een afspraak staat dat de patiënt is aangekomen: zoek uit wat klopt voordat er iets wordt afgezegd.',
    'bsn-ambiguous':
      'Bij de patiënt staat meer dan één BSN: stel vast welk klopt en geef het werkitem terug aan de robot.',
    'bsn-missing':
      'Bij de patiënt staat geen geldig BSN: stel de identiteit vast, vul het BSN aan en geef het werkitem terug aan de robot.',
    'check-refused': 'De verzekeraar nam de vraag niet aan: bekijk de pagina.',
    'date-unreadable': 'De verzekeraar toont iets anders waar een datum hoort: bekijk de pagina.',
    'death-contradicted':
      'Het bericht spreekt zichzelf tegen over een overlijden (PID-29 en PID-30): vraag het de afzender.',
    'death-withdrawn':
      'Er is een overlijden gemeld, maar in het systeem staat de patiënt niet (meer) als overleden: zoek uit wat klopt voordat er iets wordt afgezegd.',
    'details-differ':
      'De verzekeraar noemt een andere polis of verzekeraar dan bekend is: vraag het de patiënt en verbeter wat er staat.',
    'handled-by-other':
      'Iemand anders meldde de verwijzing af nadat de robot haar had ingeschreven: kijk of zij nu dubbel staat en of de brief is opgeslagen.',
    'insurer-unknown':
      'Deze verzekeraar is niet bekend bij de inzet: vul de UZOVI-code daar aan, of zoek uit welke verzekeraar het is.',
    'not-insured': 'De verzekeraar kent geen verzekering op de dag van de afspraak: vraag het de patiënt.',
    'not-cancelled':
      'Het systeem nam de afzegging aan, maar de afspraak is niet afgezegd: bekijk de afspraak.',
    'not-prepared':
      'De robot wilde iets doen wat niet was voorbereid: er is niets gedaan. Meld het de maker van de robot.',
    'patient-ambiguous': 'Het systeem kent meer dan één patiënt met dit nummer: laat dat daar verbeteren.',
    'patient-changed':
      'De afspraak hoort niet meer bij de patiënt voor wie zij gevonden was: bekijk de afspraak.',
    'patient-differs':
      'De geboortedatum of naam bij dit nummer is een andere dan in het bericht: kijk of het nummer klopt.',
    'patient-merged':
      'Dit patiëntnummer is samengevoegd met een ander: kijk onder dat nummer welke afspraken afgezegd moeten worden.',
    'patient-unknown': 'Het systeem kent geen patiënt met dit nummer: zoek de patiënt daar op.',
    'policy-missing': 'De verzekeraar toont geen polisnummer: bekijk de pagina.',
    'reason-too-long':
      'De reden van verwijzing is langer dan het EPD toestaat: schrijf de verwijzing met de hand in, met een kortere reden.',
    'referral-changed':
      'De verwijzing werd in het portaal gewijzigd of behandeld terwijl de robot ermee bezig was: zij wordt later opnieuw gelezen.',
    'referral-withdrawn': 'Het portaal heeft deze verwijzing niet meer: kijk of zij is ingetrokken.',
    'stored-differs': 'Het systeem bewaarde iets anders dan er gestuurd is: vergelijk beide.',
  },
  part: {
    'act-undeclared':
      'De robot wilde een handeling anders doen dan hij opgeeft: er is niets gedaan. Meld het de maker van de robot.',
    'another-patient':
      'Het systeem toont een andere patiënt dan gevraagd: er is niets vastgelegd. Laat naar het systeem kijken voordat de robot verdergaat.',
    'extra-confirmation':
      'Het systeem vroeg na het indrukken nog een bevestiging, en een robot drukt maar één keer: later wordt opgezocht of het gebeurd is.',
    'hospital-number-missing':
      'Het bericht meldt een overlijden, maar zonder bruikbaar patiëntnummer van het ziekenhuis: vraag het de afzender, of verbeter de instelling.',
    'letter-differs':
      'De brief staat anders in het systeem dan hij gestuurd is: vergelijk het document met de verwijzing.',
    'letter-unreadable': 'De brief kan niet automatisch gelezen worden: een mens moet hem lezen.',
    'patient-not-in-fhir':
      'Het FHIR-systeem kent het nummer van de patiënt nog niet: het werkitem wordt later opnieuw geprobeerd.',
    'patient-uncertain':
      'Het is niet zeker wie de patiënt is: vergelijk de aanvraag met het dossier en verbeter wat niet klopt.',
    'referral-incomplete':
      'In de verwijzing ontbreekt iets of klopt iets niet: laat de verwijzer het verbeteren, of behandel de verwijzing met de hand.',
    refused:
      'Het systeem toonde het formulier opnieuw en nam het niet aan: er is niets vastgelegd. Bekijk de verwijzing, en doe het met de hand als een regel van het systeem in de weg staat.',
    'search-failed': 'Patiënten zoeken mislukte: het werkitem wordt later opnieuw geprobeerd.',
    'specialty-unknown':
      'Het gevraagde specialisme staat niet in de instellingen van de robot: vul het daar aan, of verwijs de patiënt door.',
    'urgency-unknown':
      'De gevraagde urgentie staat niet in de instellingen van de robot: vul haar daar aan, of behandel de verwijzing met de hand.',
  },
}
