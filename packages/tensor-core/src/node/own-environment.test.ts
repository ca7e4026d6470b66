import { afterEach, expect, it } from 'vitest';
import { setOwnEnvironment, userEnvironment } from './own-environment';

afterEach(() => {
  setOwnEnvironment({});
  delete process.env.BRAVAIS_TEST_USER;
});

it('shows the user what the user set, and replaces only its own', () => {
  process.env.BRAVAIS_TEST_USER = 'kept';
  setOwnEnvironment({ BRAVAIS_TEST_A: '1', BRAVAIS_TEST_B: '2' });
  expect(process.env.BRAVAIS_TEST_A).toBe('1');
  expect(userEnvironment()).toMatchObject({ BRAVAIS_TEST_USER: 'kept' });
  expect(userEnvironment()).not.toHaveProperty('BRAVAIS_TEST_A');

  setOwnEnvironment({ BRAVAIS_TEST_B: '3' });
  expect(process.env.BRAVAIS_TEST_A).toBeUndefined();
  expect(process.env.BRAVAIS_TEST_B).toBe('3');
  expect(process.env.BRAVAIS_TEST_USER).toBe('kept');
});

it('takes a value that was changed since for the user’s', () => {
  setOwnEnvironment({ BRAVAIS_TEST_A: '1' });
  process.env.BRAVAIS_TEST_A = 'changed';
  expect(userEnvironment().BRAVAIS_TEST_A).toBe('changed');
  setOwnEnvironment({});
  expect(process.env.BRAVAIS_TEST_A).toBe('changed');
  delete process.env.BRAVAIS_TEST_A;
});
