import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pageFile } from './page-file.ts';
import { spokenPage } from './spoken-page.ts';

/** Nothing from anywhere but our own files; no inline code, no plugins, no frames, no forms that leave. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** Before Electron is ready. `standard` and `secure` give the page an origin and the rules of https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the page's files, and nothing outside their folder. */
export function serveAppScheme(pageDir: string): void {
  protocol.handle('app', async (request) => {
    const file = pageFile(pageDir, request.url);
    const contentType = file && contentTypes[path.extname(file)];
    if (!file || !contentType || request.method !== 'GET') return refuse(404);
    try {
      const content = await readFile(file);
      const body = contentType.startsWith('text/html')
        ? spokenPage(content.toString('utf8'))
        : new Uint8Array(content);
      return new Response(body, {
        headers: {
          'Content-Type': contentType,
          'Content-Security-Policy': contentSecurityPolicy,
          'X-Content-Type-Options': 'nosniff',
          'Cross-Origin-Opener-Policy': 'same-origin',
        },
      });
    } catch {
      return refuse(404);
    }
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': contentSecurityPolicy } });
}
