import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

const day = 86_400_000

/** Both in PEM. */
export interface Certificate {
  key: string
  cert: string
}

export interface Validity {
  from: Date
  to: Date
}

/** A certificate for one host name that nobody but itself has signed: made anew, so that no private key is committed. */
export function selfSigned(hostName: string, validity: Validity = aroundNow()): Certificate {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey)
  certificate.serialNumber = '01'
  certificate.validity.notBefore = validity.from
  certificate.validity.notAfter = validity.to
  const names = [{ name: 'commonName', value: hostName }]
  certificate.setSubject(names)
  certificate.setIssuer(names)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: hostName }] },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create())
  return { key: keys.privateKey, cert: forge.pki.certificateToPem(certificate) }
}

/** The clocks of the processes that meet it may differ. */
function aroundNow(): Validity {
  return { from: new Date(Date.now() - day), to: new Date(Date.now() + 10 * day) }
}
