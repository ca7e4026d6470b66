/**
 * One element a line: symbol, ε_s, ε_p, ε_d (eV), r_d (Å; `-`: no such orbitals), valence electrons.
 *
 * Term values are eigenvalues of the free atom in nonrelativistic Hartree–Fock theory, averaged over the terms of a configuration: the
 * quantity that Mann (Los Alamos report LA-3690, 1967) tabulates and Harrison, Elementary Electronic Structure (1999), uses. They were
 * worked out for this table by a radial Hartree–Fock program in even-tempered Slater functions, which gives for instance C −19.38 and
 * −11.07, Si −14.79 and −7.58; ε_s of Hg and both of Po are Harrison's,
 * written down from memory. Configurations: the ground state in the p block and
 * for s of groups 1, 2 and 12; s^(n−1) p for p outside the p block; d^(g−1) s in groups g = 3 to 11, nearer to the metals than Harrison's
 * d^(g−2) s², and likewise d² s for lanthanides with their f electrons in the core.
 *
 * r_d: the Solid State Table in Harrison, Electronic Structure and the Properties of Solids (1980), written down from general knowledge of
 * the literature; 1.58 Å, that of Y and Lu, for all lanthanides, which is our choice. Valence electrons: lanthanides 3, Eu and Yb 2.
 */
export const TERM_VALUE_ROWS: string = `
H -13.61 - - - 1
Li -5.34 -3.50 - - 1
Be -8.42 -5.64 - - 2
B -13.46 -8.43 - - 3
C -19.38 -11.07 - - 4
N -26.22 -13.84 - - 5
O -34.02 -16.77 - - 6
F -42.79 -19.86 - - 7
Na -4.96 -2.98 - - 1
Mg -6.89 -4.17 - - 2
Al -10.71 -5.71 - - 3
Si -14.79 -7.58 - - 4
P -19.22 -9.54 - - 5
S -24.02 -11.60 - - 6
Cl -29.20 -13.78 - - 7
K -4.01 -2.60 - - 1
Ca -5.32 -3.58 - - 2
Sc -5.06 -2.98 -5.23 1.24 3
Ti -5.26 -3.06 -6.57 1.08 4
V -5.46 -3.12 -7.72 0.98 5
Cr -5.65 -3.17 -8.78 0.90 6
Mn -5.83 -3.22 -9.76 0.86 7
Fe -6.00 -3.26 -10.71 0.80 8
Co -6.17 -3.30 -11.62 0.76 9
Ni -6.33 -3.33 -12.50 0.71 10
Cu -6.49 -3.36 -13.37 0.67 11
Zn -7.96 -4.36 - - 2
Ga -11.55 -5.67 - - 3
Ge -15.16 -7.33 - - 4
As -18.91 -8.98 - - 5
Se -22.86 -10.68 - - 6
Br -27.01 -12.44 - - 7
Rb -3.75 -2.45 - - 1
Sr -4.86 -3.30 - - 2
Y -4.92 -2.90 -4.74 1.58 3
Zr -5.13 -2.98 -6.05 1.41 4
Nb -5.31 -3.04 -7.28 1.28 5
Mo -5.45 -3.09 -8.49 1.20 6
Tc -5.58 -3.13 -9.70 1.11 7
Ru -5.70 -3.16 -10.91 1.05 8
Rh -5.80 -3.19 -12.13 0.99 9
Pd -5.90 -3.21 -13.37 0.94 10
Ag -5.99 -3.23 -14.62 0.89 11
Cd -7.21 -4.18 - - 2
In -10.14 -5.37 - - 3
Sn -13.04 -6.76 - - 4
Sb -16.02 -8.14 - - 5
Te -19.12 -9.54 - - 6
I -22.34 -10.97 - - 7
Cs -3.37 -2.29 - - 1
Ba -4.29 -3.06 - - 2
La -4.14 -2.61 -5.42 1.58 3
Ce -4.19 -2.63 -5.43 1.58 3
Pr -4.25 -2.66 -5.41 1.58 3
Nd -4.31 -2.68 -5.38 1.58 3
Sm -4.42 -2.72 -5.30 1.58 3
Eu -4.48 -2.75 -5.24 1.58 2
Gd -4.54 -2.77 -5.18 1.58 3
Tb -4.61 -2.79 -5.12 1.58 3
Dy -4.67 -2.81 -5.05 1.58 3
Ho -4.74 -2.83 -4.98 1.58 3
Er -4.81 -2.86 -4.91 1.58 3
Tm -4.88 -2.88 -4.83 1.58 3
Yb -4.95 -2.90 -4.75 1.58 2
Lu -5.03 -2.93 -4.68 1.58 3
Hf -5.22 -3.00 -5.93 1.44 4
Ta -5.39 -3.05 -7.11 1.34 5
W -5.53 -3.09 -8.27 1.27 6
Re -5.65 -3.13 -9.43 1.20 7
Os -5.75 -3.16 -10.59 1.13 8
Ir -5.85 -3.18 -11.77 1.08 9
Pt -5.93 -3.20 -12.96 1.04 10
Au -6.01 -3.22 -14.18 1.01 11
Hg -7.10 -4.12 - - 2
Tl -9.83 -5.24 - - 3
Pb -12.49 -6.53 - - 4
Bi -15.19 -7.79 - - 5
Po -17.97 -9.05 - - 6
`;
