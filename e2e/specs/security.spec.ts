import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { appDir } from '../../scripts/places.mjs';
import { expect, test } from '../fixtures.ts';

test('the page is sandboxed and knows nothing of Node or Electron', async ({ launch }) => {
  const loci = await launch();
  expect(
    await loci.page.evaluate(() => ({
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      bridge: Object.keys(window.loci).toSorted(),
      origin: location.origin,
    })),
  ).toEqual({
    require: 'undefined',
    process: 'undefined',
    bridge: ['drop', 'invoke', 'listen'],
    origin: 'app://loci',
  });
});

test('a file that the page has made itself leads nowhere', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const answer = await loci.page.evaluate(async () => {
    const tokens = await window.loci.drop([new File(['x'], '/etc/passwd'), { path: '/etc/passwd' }]);
    return window.loci.invoke('specializations.offerDropped', { tokens });
  });
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
});

test('no code from a string, no request, no window and no navigation leaves the page', async ({ launch }) => {
  const hits: string[] = [];
  const outside = http.createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
  const loci = await launch();
  await loci.ready();

  const outcomes = await loci.page.evaluate(async (target) => {
    const attempt = async (what: () => unknown) => {
      try {
        return String(await what());
      } catch {
        return 'refused';
      }
    };
    // The debugger may run strings while it evaluates; what a timer runs is the page's own doing.
    await new Promise((resolve) => setTimeout(resolve));
    const injected = document.createElement('script');
    injected.textContent = 'window.injected = true';
    document.body.append(injected);
    const image = document.createElement('img');
    image.src = `${target}image`;
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.src = `${target}frame`;
    document.body.append(frame);
    return {
      // oxlint-disable-next-line no-implied-eval -- That it is refused is the point.
      code: await attempt(() => new Function('return 1')()),
      fetch: await attempt(() => fetch(`${target}fetch`)),
      file: await attempt(() => fetch('file:///etc/passwd')),
      socket: await attempt(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(target.replace('http', 'ws'));
            socket.addEventListener('open', resolve);
            socket.addEventListener('error', reject);
          }),
      ),
      window: await attempt(() => window.open(`${target}window`)),
      injected: (window as { injected?: boolean }).injected,
      notifications: await Notification.requestPermission(),
    };
  }, url);
  expect(outcomes).toEqual({
    code: 'refused',
    fetch: 'refused',
    file: 'refused',
    socket: 'refused',
    window: 'null',
    injected: undefined,
    notifications: 'denied',
  });

  for (const address of [
    `${url}go`,
    'file:///etc/passwd',
    'data:text/html,hello',
    'javascript:document.title="x"',
  ]) {
    await loci.page.evaluate((target) => {
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
    }, address);
  }
  // Of the four only a script in an address is not a navigation; main has refused the others.
  await expect.poll(() => loci.log().match(/"what":"a navigation"/g)?.length ?? 0).toBeGreaterThan(0);
  expect(loci.page.url()).toMatch(/^app:\/\/loci\/(#|$)/);
  expect(await loci.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(hits).toEqual([]);
  outside.close();
});

test('a window that is not ours gets no answer from main', async ({ launch }) => {
  const loci = await launch();
  await loci.ready();
  const answer = await loci.app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { sandbox: true, preload } });
      // The lock-down drops requests, so the foreign page is one that needs none.
      await foreign.loadURL('data:text/html,<title>foreign</title>');
      const result: unknown = await foreign.webContents.executeJavaScript(
        "window.loci.invoke('settings.get').then((r) => r, (e) => String(e))",
      );
      foreign.destroy();
      return result;
    },
    path.join(appDir, 'preload', 'index.cjs'),
  );
  expect(answer).toEqual({
    ok: false,
    error: { code: 'invalid_input', message: 'Loci answers only its own window.' },
  });
});
