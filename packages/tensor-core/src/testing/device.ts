import type { Device } from '../device';
import { openDevice } from '../node';

let opened: Promise<Device> | undefined;

/** The device of this test process, opened once. */
export function testDevice(): Promise<Device> {
  opened ??= openDevice();
  return opened;
}
