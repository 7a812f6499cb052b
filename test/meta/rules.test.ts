import { describe, expect, test } from 'vitest';
import { RULES } from '../../server/src/rules/index';
import { getStandard } from '../../server/src/standards/catalogue';
import { check } from '../harness/check';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('its flagged example gives one finding, and every fix of it is proven', () => check(rule, rule.docs.flags, 1));

  test('its passing example gives none', () => check(rule, rule.docs.passes, 0));

  test('its words are whole sentences, and its standards are known', () => {
    for (const text of [rule.docs.what, rule.docs.why, rule.docs.remedy])
      expect(text.trim()).toMatch(/^[A-Z`0-9].*[.!]$/s);
    expect(rule.title).toMatch(/^[A-Z]/);
    expect(rule.title.length).toBeLessThan(60);
    for (const id of rule.standards) expect(getStandard(id), id).toBeDefined();
  });
});
