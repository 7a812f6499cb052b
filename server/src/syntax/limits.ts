/** A document longer than this (UTF-16 code units) is not parsed; the problem says so. */
export const MAX_DOCUMENT_LENGTH = 2_000_000;

/** Collections nested deeper than this are not read: no Kubernetes object comes near, and stacks have an end. */
export const MAX_DEPTH = 200;
