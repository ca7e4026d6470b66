export const file: Uint8Array = new Uint8Array();
