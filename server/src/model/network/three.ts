/** An answer that may not be known: undefined is neither yes nor no. */
export type Answer = boolean | undefined;

/** No if one of them is; yes if all are; else not known. */
export function areAll(answers: Iterable<Answer>): Answer {
  let result: Answer = true;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === undefined) result = undefined;
  }
  return result;
}

/** Yes if one of them is; no if none is; else not known. */
export function isAny(answers: Iterable<Answer>): Answer {
  let result: Answer = false;
  for (const answer of answers) {
    if (answer) return true;
    if (answer === undefined) result = undefined;
  }
  return result;
}

/** The opposite; what is not known stays so. */
export function isNot(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer;
}
