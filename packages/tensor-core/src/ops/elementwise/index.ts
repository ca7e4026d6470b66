export * from './activation';
export * from './arithmetic';
export * from './bound';
export * from './cast';
export * from './comparison';
export * from './power';
