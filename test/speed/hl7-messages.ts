/** An ADT of about 1 kB as Dutch hospitals send it; `id` is MSH-10. */
export function adtMessage(id: string): Buffer {
  return Buffer.from(
    [
      `MSH|^~\\&|ZIS|UMC|ONTREGEL|UMC|20261122083000||ADT^A08|${id}|P|2.4|||||NLD|8859/1`,
      'EVN|A08|20261122083000|||01123456^Baliemedewerker^B.^^^^^^VEKTIS',
      'PID|1||4711^^^ZIS^PI~123456782^^^NLMINBIZA^NNNLD||van der Berg&van der&Berg^Jans^^^^^L||19480309|V|||Dorpsstraat 1&Dorpsstraat&1^^Ons Dorp^^1234AB^NL^H||020-5550100^PRN^PH~06-55501000^ORN^CP|||M|||||||||||||NLD|20261120|N',
      'PD1||||01987654^Huisarts^H.A.^^^^^^VEKTIS',
      'NK1|1|de Vries&de&Vries^Kees|SPO|Dorpsstraat 1&Dorpsstraat&1^^Ons Dorp^^1234AB^NL|020-5550100',
      'PV1|1|I|A1^101^1^UMC||||01123456^Arts^A.^^^^^^VEKTIS|01987654^Huisarts^H.A.^^^^^^VEKTIS||CAR|||||||||0001234567|||||||||||||||||||||||||20261121120000',
      'IN1|1|POL1^Natura|0001^^^VEKTIS^UZOVI|Zorgverzekeraar|Postbus 1^^Ons Dorp^^1000AA^NL||088-5550100||||||20260101|20261231|||van der Berg^Jans|01|19480309|||||||||||||||||||123456789',
      `NTE|1||Na telefonisch overleg gewijzigd.\\.br\\Adres en verzekering gecontroleerd aan de balie.`,
    ].join('\r') + '\r',
    'latin1',
  )
}

/** A report of laboratory results of 174 kB with the same head. */
export function largeReport(): Buffer {
  const head = adtMessage('R1').toString('latin1').replace('ADT^A08', 'ORU^R01')
  const result =
    'OBX|1|NM|HB^Hemoglobine^L||8.9|mmol/L|7.5-10.0|N|||F|||20261122080000||01123456^Analist^A.\r'
  return Buffer.from(head + result.repeat(Math.ceil((174_000 - head.length) / result.length)), 'latin1')
}
