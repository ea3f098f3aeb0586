/** Each side says which version of the contract it speaks, in `HostInfo` and in `ExtensionManifest`. */
import { protocolVersion } from '../generated/pi-api';
import { ContractError } from './contract-error';

/**
 * Checks the other side's version.
 *
 * @param version of the other side
 * @param who the other side, for the message: `the bridge piwork-guard`
 * @throws ContractError `protocolMismatch`
 */
export function requireProtocol(version: number, who: string): void {
  if (version === protocolVersion) return;
  const newer = version > protocolVersion ? 'newer than' : 'older than';
  const message = `${who} speaks version ${version} of the contract, ${newer} version ${protocolVersion} here: update the older one`;
  throw new ContractError('protocolMismatch', message);
}
