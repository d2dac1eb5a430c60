import type { FailureTexts } from './failure-texts.ts'

/** What the server refuses before and around signing in: these words are there from the first page on. */
export const doorFailures: FailureTexts = {
  whole: {
    'code-needed': 'Vul de code van de authenticator-app in.',
    'link-invalid': 'Deze link is al gebruikt of verlopen. Vraag een nieuwe aan de beheerder.',
    'no-password': 'Dit account heeft geen wachtwoord. Vraag de beheerder om een link om er een te kiezen.',
    'not-allowed': 'Dit mag niet met de huidige rollen.',
    'not-signed-in': 'De sessie is afgelopen. Log opnieuw in.',
    'not-yourself': 'Het eigen account uitschakelen kan niet. Vraag het een andere beheerder.',
    'oidc-no-account': 'Bij deze aanmelding hoort hier geen account: vraag de beheerder om een uitnodiging.',
    'oidc-taken': 'Deze aanmelding hoort al bij een ander account: gebruik dat.',
    'oidc-unavailable':
      'De aanmelddienst antwoordt niet goed: probeer het opnieuw, of log in met een wachtwoord.',
    'oidc-unknown': 'Deze aanmelding is niet in deze browser begonnen, of te lang geleden: begin opnieuw.',
    'other-host': 'De server is niet onder deze naam te bereiken: gebruik het ingestelde adres.',
    'request-invalid': 'De server kan deze vraag niet lezen: laad de pagina opnieuw.',
    'second-factor-needed': 'Hier is een tweede factor nodig: stel die eerst in bij het eigen account.',
    'sign-in-refused': 'De naam, het wachtwoord of de code klopt niet. Controleer de inloggegevens.',
  },
  part: {
    conflict: 'Iemand anders was net eerder. Bekijk hoe het nu is en probeer het zo nodig opnieuw.',
    'field-invalid': 'Een veld is niet goed ingevuld: verbeter het.',
    'not-found': 'Dit is er niet (meer).',
    'other-origin':
      'Deze vraag komt van of leidt naar een ander adres en is geweigerd: laad de pagina opnieuw, of laat het adres van het systeem nakijken.',
    'too-large': 'Dit is te veel ineens: stuur minder tegelijk.',
    unforeseen: 'Er gebeurde iets onvoorziens. Probeer het opnieuw, of geef het door aan de beheerder.',
    'too-many': 'Dit is te veel of te vaak: vraag minder tegelijk, of wacht een paar minuten.',
  },
}
