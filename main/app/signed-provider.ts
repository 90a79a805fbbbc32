import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { feedName, readFeed, type UpdateSource } from '../updates/feed.ts';

/** With what electron-updater gives to all of its providers. */
type ProviderClass = new (
  options: unknown,
  updater: unknown,
  runtime: ProviderRuntimeOptions,
) => Provider<UpdateInfo>;

/**
 * What electron-updater asks for the newest version. Its own providers believe any file at the address; this one
 * only what our key has signed, and compares the download with the hash in it.
 */
export function signedProvider({ url, publicKey }: UpdateSource): ProviderClass {
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  return class SignedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }

    /** electron-updater would tell whose computer asks, by a number it keeps for that. */
    override setRequestHeaders(): void {
      super.setRequestHeaders(null);
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const address = new URL(feedName(process.platform, process.arch), base);
      const text = await this.httpRequest(address);
      const signature = await this.httpRequest(new URL(`${address.href}.sig`));
      const { version, releasedAt, files } = readFeed(text ?? '', signature ?? '', publicKey);
      const listed = files.map(({ name, sha512, bytes }) => ({ url: name, sha512, size: bytes }));
      const [first] = listed;
      return {
        version,
        releaseDate: releasedAt,
        files: listed,
        path: first?.url ?? '',
        sha512: first?.sha512 ?? '',
      };
    }

    resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
      return files.map((info) => ({ url: new URL(info.url, base), info }));
    }
  };
}
