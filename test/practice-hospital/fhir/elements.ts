/** The resource types this server holds. */
export const RESOURCE_TYPES = [
  'Patient',
  'Appointment',
  'ServiceRequest',
  'Coverage',
  'DocumentReference',
  'Task',
  'Binary',
] as const
export type ResourceType = (typeof RESOURCE_TYPES)[number]

/** The type if this server holds it. */
export function knownType(name: string | undefined): ResourceType | undefined {
  return RESOURCE_TYPES.find((type) => type === name)
}

const RESOURCE = 'resourceType id meta implicitRules language'
const DOMAIN_RESOURCE = `${RESOURCE} text contained extension modifierExtension`

/** Every top-level element that R4 (4.0.1) gives each type: anything else is refused. */
export const ELEMENTS: Readonly<Record<ResourceType, ReadonlySet<string>>> = {
  Patient:
    names(`${DOMAIN_RESOURCE} identifier active name telecom gender birthDate deceasedBoolean deceasedDateTime
    address maritalStatus multipleBirthBoolean multipleBirthInteger photo contact communication generalPractitioner
    managingOrganization link`),
  Appointment:
    names(`${DOMAIN_RESOURCE} identifier status cancelationReason serviceCategory serviceType specialty
    appointmentType reasonCode reasonReference priority description supportingInformation start end minutesDuration
    slot created comment patientInstruction basedOn participant requestedPeriod`),
  ServiceRequest: names(`${DOMAIN_RESOURCE} identifier instantiatesCanonical instantiatesUri basedOn replaces
    requisition status intent category priority doNotPerform code orderDetail quantityQuantity quantityRatio
    quantityRange subject encounter occurrenceDateTime occurrencePeriod occurrenceTiming asNeededBoolean
    asNeededCodeableConcept authoredOn requester performerType performer locationCode locationReference reasonCode
    reasonReference insurance supportingInfo specimen bodySite note patientInstruction relevantHistory`),
  Coverage:
    names(`${DOMAIN_RESOURCE} identifier status type policyHolder subscriber subscriberId beneficiary dependent
    relationship period payor class order network costToBeneficiary subrogation contract`),
  DocumentReference:
    names(`${DOMAIN_RESOURCE} masterIdentifier identifier status docStatus type category subject date
    author authenticator custodian relatesTo description securityLabel content context`),
  Task: names(`${DOMAIN_RESOURCE} identifier instantiatesCanonical instantiatesUri basedOn groupIdentifier partOf status
    statusReason businessStatus intent priority code description focus for encounter executionPeriod authoredOn
    lastModified requester performerType owner location reasonCode reasonReference insurance note relevantHistory
    restriction input output`),
  Binary: names(`${RESOURCE} contentType securityContext data`),
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
