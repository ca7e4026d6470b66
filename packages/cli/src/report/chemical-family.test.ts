import { expect, it } from 'vitest';
import { chemicalFamily } from './chemical-family';

it.each([
  ['LiFePO4', 'oxide'],
  ['SiO2', 'oxide'],
  ['La2O2S', 'oxide'],
  ['NaCl', 'halide'],
  ['K2PtCl6', 'halide'],
  ['Cu2ZnSnS4', 'chalcogenide'],
  ['Bi2Te3', 'chalcogenide'],
  ['GaAs', 'pnictide'],
  ['TiN', 'pnictide'],
  ['InSb', 'pnictide'],
  ['Nb3Sn', 'intermetallic'],
  ['CsAu', 'intermetallic'],
  ['Fe', 'elemental metal'],
  ['Bi', 'elemental metal'],
  ['Si', 'other'],
  ['O2', 'other'],
  ['SiC', 'other'],
  ['LaB6', 'other'],
  ['', 'other'],
  ['<script>', 'other'],
])('%s is %s', (formula, family) => expect(chemicalFamily(formula)).toBe(family));
