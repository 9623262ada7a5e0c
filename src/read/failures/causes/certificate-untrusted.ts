import { defineFailure } from '../failure.ts';

const signs =
  /invalid peer certificate|CERTIFICATE_VERIFY_FAILED|certificate verify failed|server certificate verification failed|unable to get local issuer certificate/;

export default defineFailure({
  code: 'certificate-untrusted',
  means: "The package index's or git server's certificate is not trusted on this machine",
  rank: 16,
  person: true,
  match: ({ output, phase }) => {
    const said = output.filter(line => signs.test(line)).at(-1);
    if (said === undefined || phase !== 'build') return null;

    const host = /https:\/\/(?:[^@/\s]*@)?([^/\s)`']+)/.exec(output.join('\n'))?.[1];
    return {
      what: `The certificate of ${host ?? 'the server'} is not trusted on this machine.`,
      evidence: [...output.filter(line => /Failed to fetch: |unable to access /.test(line)), said].map(line =>
        line.trim(),
      ),
      next: [
        "SSL_CERT_FILE=/path/to/ca-bundle.pem decant up    # your company's or your mirror's certificate authority",
        'or correct the address of the package index',
      ],
    };
  },
});
