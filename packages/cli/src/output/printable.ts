/** Control characters (C0, DEL, C1) and those that turn the direction of writing. */
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * Text on one line with what would steer a terminal as `\u001b`: names of files, and of structures in them, are untrusted.
 */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
