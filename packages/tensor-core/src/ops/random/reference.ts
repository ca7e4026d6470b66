/** The streams of the host, which the kernels repeat: uniform numbers bit for bit, normal ones within float tolerance. */
export { normal as randomNormalReference, uniform as randomUniformReference } from '../../random';
