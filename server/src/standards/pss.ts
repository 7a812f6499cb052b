// The Pod Security Standards as the API server knows them: levels, versions, checks and the labels of a Namespace.
export * from './pss/active';
export * from './pss/checks';
export * from './pss/levels';
export * from './pss/namespace';
export * from './pss/values';
