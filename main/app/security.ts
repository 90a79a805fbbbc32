import { app, type Session } from 'electron';
import { appOrigin } from '../ipc/origin.ts';
import type { Log } from '../logging/log.ts';

/** Permissions the page may have. Copying a path or a diagnosis is the one thing it needs. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** No permission that is not listed, for anyone; and every request that is not for our own files is dropped. */
export function lockDownSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    const allowed = allowedPermissions.has(permission) && contents.getURL().startsWith(`${appOrigin}/`);
    if (!allowed) log.warn('Denied a permission', { permission });
    decide(allowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      allowedPermissions.has(permission) && origin.replace(/\/$/, '') === appOrigin,
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const ours = /^(app|data|blob|devtools):/.test(details.url);
    if (!ours) log.warn('Blocked a request', { kind: details.resourceType });
    decide({ cancel: !ours });
  });
  // The spell checker would fetch dictionaries from the network.
  session.setSpellCheckerEnabled(false);
}

/** Our pages stay where they are: no navigation, no further windows, no webview. */
export function lockDownContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault();
      log.warn('Refused', { what });
    };
    // Emitted for every frame, the main one included; a reload is not a navigation.
    contents.on('will-frame-navigate', refuse('a navigation'));
    contents.on('will-redirect', refuse('a redirect'));
    contents.on('will-attach-webview', refuse('a webview'));
    contents.setWindowOpenHandler(() => {
      log.warn('Refused', { what: 'a window' });
      return { action: 'deny' };
    });
  });
}
