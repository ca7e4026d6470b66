export { ELEMENTS, type Element, elementBySymbol, elementOf } from './element';
