import type { ServerResponse } from 'node:http';

/** The front's own answers: everything else comes from the app. */
export type FrontFault = 400 | 404 | 405 | 501 | 502 | 503;

const pages: Readonly<Record<FrontFault, { readonly title: string; readonly text: string }>> = {
  400: { title: 'Bad request', text: 'The request could not be understood.' },
  404: { title: 'Not found', text: 'There is nothing at this address.' },
  405: { title: 'Method not allowed', text: 'This address does not take such a request.' },
  501: { title: 'Not implemented', text: 'The request uses a transfer coding that is not supported.' },
  502: { title: 'Bad gateway', text: 'The application broke off before it answered.' },
  503: { title: 'Not available', text: 'The application is not running now. Please try again in a moment.' },
};

/** Answers with one of the front's own pages; says nothing when an answer has begun. */
export function answerFault(response: ServerResponse, status: FrontFault): void {
  if (response.headersSent || response.destroyed) return;

  const body = page(status);
  const headers = ['Content-Type', 'text/html; charset=utf-8', 'Content-Length', `${Buffer.byteLength(body)}`];
  headers.push('Cache-Control', 'no-store');
  if (status === 503) headers.push('Retry-After', '2');
  response.writeHead(status, headers);
  response.end(body);
}

function page(status: FrontFault): string {
  const { title, text } = pages[status];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${status} ${title}</title></head>
<body style="font-family:system-ui,sans-serif;max-width:32em;margin:4em auto;padding:0 1em"><h1>${title}</h1><p>${text}</p></body></html>
`;
}
