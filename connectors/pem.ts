/** What a form is told of a field that takes certificates: several lines, as PEM (RFC 8555, section 9.1). */
export const PEM = { contentMediaType: 'application/pem-certificate-chain' } as const
