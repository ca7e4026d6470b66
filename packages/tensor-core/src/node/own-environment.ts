/** Variables that {@link setOwnEnvironment} has put into `process.env`, with the values it gave them. */
const own = new Map<string, string>();

/** `process.env` as the user gave it: a later call must not take what an earlier one has set for the user's wish. */
export function userEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name, value]) => own.get(name) !== value));
}

/** Replaces what was set here before by `environment`; native code of this process and child processes see it. */
export function setOwnEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const [name, value] of own) if (process.env[name] === value) delete process.env[name];
  own.clear();
  for (const [name, value] of Object.entries(environment)) {
    process.env[name] = value;
    own.set(name, value);
  }
}
