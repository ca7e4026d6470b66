import type { Prototype } from './prototype';
import { a15 } from './prototypes/a15';
import { alphaUranium } from './prototypes/alpha-uranium';
import { aluminiumDiboride } from './prototypes/aluminium-diboride';
import { aluminiumFluoride } from './prototypes/aluminium-fluoride';
import { anatase } from './prototypes/anatase';
import { antifluorite } from './prototypes/antifluorite';
import { antiperovskite } from './prototypes/antiperovskite';
import { aragonite } from './prototypes/aragonite';
import { arsenic } from './prototypes/arsenic';
import { auricupride } from './prototypes/auricupride';
import { bcc } from './prototypes/bcc';
import { betaTin } from './prototypes/beta-tin';
import { bismuthIodide } from './prototypes/bismuth-iodide';
import { bismuthTrifluoride } from './prototypes/bismuth-trifluoride';
import { blackPhosphorus } from './prototypes/black-phosphorus';
import { boronNitride } from './prototypes/boron-nitride';
import { brookite } from './prototypes/brookite';
import { brucite } from './prototypes/brucite';
import { cadmiumChloride } from './prototypes/cadmium-chloride';
import { cadmiumIodide } from './prototypes/cadmium-iodide';
import { calcite } from './prototypes/calcite';
import { calciumCarbide } from './prototypes/calcium-carbide';
import { calciumDialuminiumDisilicide } from './prototypes/calcium-dialuminium-disilicide';
import { calciumHexaboride } from './prototypes/calcium-hexaboride';
import { calciumPentacopper } from './prototypes/calcium-pentacopper';
import { calomel } from './prototypes/calomel';
import { cesiumChloride } from './prototypes/cesium-chloride';
import { chalcopyrite } from './prototypes/chalcopyrite';
import { chromiumBoride } from './prototypes/chromium-boride';
import { cinnabar } from './prototypes/cinnabar';
import { cobaltTin } from './prototypes/cobalt-tin';
import { cooperite } from './prototypes/cooperite';
import { copperDialuminide } from './prototypes/copper-dialuminide';
import { corundum } from './prototypes/corundum';
import { covellite } from './prototypes/covellite';
import { cubicLaves } from './prototypes/cubic-laves';
import { cuprite } from './prototypes/cuprite';
import { delafossite } from './prototypes/delafossite';
import { diamond } from './prototypes/diamond';
import { dolomite } from './prototypes/dolomite';
import { doubleHcp } from './prototypes/double-hcp';
import { elpasolite } from './prototypes/elpasolite';
import { fcc } from './prototypes/fcc';
import { filledSkutterudite } from './prototypes/filled-skutterudite';
import { fluorite } from './prototypes/fluorite';
import { gammaCopperTitanium } from './prototypes/gamma-copper-titanium';
import { germaniumSulfide } from './prototypes/germanium-sulfide';
import { germaniumTelluride } from './prototypes/germanium-telluride';
import { goldCopper } from './prototypes/gold-copper';
import { graphite } from './prototypes/graphite';
import { halfHeusler } from './prototypes/half-heusler';
import { hcp } from './prototypes/hcp';
import { heusler } from './prototypes/heusler';
import { hexagonalLaves } from './prototypes/hexagonal-laves';
import { ilmenite } from './prototypes/ilmenite';
import { indium } from './prototypes/indium';
import { ironBoride } from './prototypes/iron-boride';
import { ironPhosphide } from './prototypes/iron-phosphide';
import { kesterite } from './prototypes/kesterite';
import { lanthanumOxide } from './prototypes/lanthanum-oxide';
import { layeredRockSalt } from './prototypes/layered-rock-salt';
import { litharge } from './prototypes/litharge';
import { lithiumNiobate } from './prototypes/lithium-niobate';
import { lowCristobalite } from './prototypes/low-cristobalite';
import { manganesePhosphide } from './prototypes/manganese-phosphide';
import { marcasite } from './prototypes/marcasite';
import { matlockite } from './prototypes/matlockite';
import { molybdenite } from './prototypes/molybdenite';
import { molybdenumDisilicide } from './prototypes/molybdenum-disilicide';
import { nickelArsenide } from './prototypes/nickel-arsenide';
import { niobiumDiselenide } from './prototypes/niobium-diselenide';
import { orthorhombicPerovskite } from './prototypes/orthorhombic-perovskite';
import { perovskite } from './prototypes/perovskite';
import { potassiumHexachloroplatinate } from './prototypes/potassium-hexachloroplatinate';
import { potassiumTetrafluoronickelate } from './prototypes/potassium-tetrafluoronickelate';
import { pyrite } from './prototypes/pyrite';
import { quartz } from './prototypes/quartz';
import { rheniumTrioxide } from './prototypes/rhenium-trioxide';
import { rhombohedralPerovskite } from './prototypes/rhombohedral-perovskite';
import { rockSalt } from './prototypes/rock-salt';
import { rutile } from './prototypes/rutile';
import { samarium } from './prototypes/samarium';
import { scheelite } from './prototypes/scheelite';
import { selenium } from './prototypes/selenium';
import { simpleCubic } from './prototypes/simple-cubic';
import { skutterudite } from './prototypes/skutterudite';
import { sodiumArsenide } from './prototypes/sodium-arsenide';
import { spinel } from './prototypes/spinel';
import { stannite } from './prototypes/stannite';
import { sulvanite } from './prototypes/sulvanite';
import { tPrimeCuprate } from './prototypes/t-prime-cuprate';
import { tetradymite } from './prototypes/tetradymite';
import { tetragonalPerovskite } from './prototypes/tetragonal-perovskite';
import { thiogallate } from './prototypes/thiogallate';
import { thoriumDichromiumDisilicide } from './prototypes/thorium-dichromium-disilicide';
import { thoriumPhosphide } from './prototypes/thorium-phosphide';
import { tungstenCarbide } from './prototypes/tungsten-carbide';
import { uraniumChloride } from './prototypes/uranium-chloride';
import { uraniumDodecaboride } from './prototypes/uranium-dodecaboride';
import { wurtzite } from './prototypes/wurtzite';
import { zincblende } from './prototypes/zincblende';
import { zintl } from './prototypes/zintl';
import { zircon } from './prototypes/zircon';

/** Every structure type of the reference set, by name. */
export const PROTOTYPES: readonly Prototype[] = [
  a15,
  alphaUranium,
  aluminiumDiboride,
  aluminiumFluoride,
  anatase,
  antifluorite,
  antiperovskite,
  aragonite,
  arsenic,
  auricupride,
  bcc,
  betaTin,
  bismuthIodide,
  bismuthTrifluoride,
  blackPhosphorus,
  boronNitride,
  brookite,
  brucite,
  cadmiumChloride,
  cadmiumIodide,
  calcite,
  calciumCarbide,
  calciumDialuminiumDisilicide,
  calciumHexaboride,
  calciumPentacopper,
  calomel,
  cesiumChloride,
  chalcopyrite,
  chromiumBoride,
  cinnabar,
  cobaltTin,
  cooperite,
  copperDialuminide,
  corundum,
  covellite,
  cubicLaves,
  cuprite,
  delafossite,
  diamond,
  dolomite,
  doubleHcp,
  elpasolite,
  fcc,
  filledSkutterudite,
  fluorite,
  gammaCopperTitanium,
  germaniumSulfide,
  germaniumTelluride,
  goldCopper,
  graphite,
  halfHeusler,
  hcp,
  heusler,
  hexagonalLaves,
  ilmenite,
  indium,
  ironBoride,
  ironPhosphide,
  kesterite,
  lanthanumOxide,
  layeredRockSalt,
  litharge,
  lithiumNiobate,
  lowCristobalite,
  manganesePhosphide,
  marcasite,
  matlockite,
  molybdenite,
  molybdenumDisilicide,
  nickelArsenide,
  niobiumDiselenide,
  orthorhombicPerovskite,
  perovskite,
  potassiumHexachloroplatinate,
  potassiumTetrafluoronickelate,
  pyrite,
  quartz,
  rheniumTrioxide,
  rhombohedralPerovskite,
  rockSalt,
  rutile,
  samarium,
  scheelite,
  selenium,
  simpleCubic,
  skutterudite,
  sodiumArsenide,
  spinel,
  stannite,
  sulvanite,
  tPrimeCuprate,
  tetradymite,
  tetragonalPerovskite,
  thiogallate,
  thoriumDichromiumDisilicide,
  thoriumPhosphide,
  tungstenCarbide,
  uraniumChloride,
  uraniumDodecaboride,
  wurtzite,
  zincblende,
  zintl,
  zircon,
];
