/** An ADT as Dutch hospitals send it, one character per byte. */
export function adt(
  options: { id?: string; charset?: string; version?: string; modes?: string; pid5?: string } = {},
): string {
  const {
    id = 'M1',
    charset = '8859/1',
    version = '2.4',
    modes = '|',
    pid5 = 'van der Berg&van der&Berg^Jans^^^^^L',
  } = options
  return (
    [
      `MSH|^~\\&|ZIS|UMC|ONTREGEL|UMC|20261122083000||ADT^A08|${id}|P|${version}|||${modes}|NLD|${charset}`,
      'EVN|A08|20261122083000',
      `PID|1||4711^^^ZIS^PI~123456782^^^NLMINBIZA^NNNLD~^^^LEEG^XX||${pid5}||19480309|V|||straat 1&straat&1^^Ons Dorp^^1234AB^NL||||||||||||||||||20261120|Y`,
      'PV1|1|I|A1^101^1|||||01123456^Arts^A.^^^^^^VEKTIS',
      'IN1|1||0001^^^VEKTIS^UZOVI',
      'ZXX|eerste|tweede|derde|vierde waarde',
    ].join('\r') + '\r'
  )
}

export const bytesOf = (raw: string): Buffer => Buffer.from(raw, 'latin1')
