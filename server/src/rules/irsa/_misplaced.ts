import type { Fix } from '../../engine/operation';
import type { Report, RuleContext } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getLiteral } from '../../model/iam/placeholder';
import { describeResource, getEffectiveNamespace, type Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { getKeySpan } from './_span';

/** The report on a role annotation of an object that is no ServiceAccount; `pod` is the spec of the pods it makes, if any. */
export function toMisplacedReport(at: Ref, resource: Resource, pod: Ref, { workspace }: RuleContext): Report {
  const name = pod.get('serviceAccountName').isUnknown ? undefined : pod.get('serviceAccountName').string;
  const namespace = getEffectiveNamespace(resource);
  const known =
    namespace === undefined
      ? undefined
      : workspace.find('service-account', namespace).find(({ value }) => value.name === name);
  const role = at.isPresent ? getLiteral(at) : undefined;
  const fixes: Fix[] = [];
  if (known && known.value.roleArn === undefined && role !== undefined) {
    const { document, path } = known.place;
    const target = { document, path: [...path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] };
    const title = `Move it to ServiceAccount "${known.value.name}"`;
    const operations = [
      { op: 'remove', at, upTo: 1 },
      { op: 'set', at: target, value: role },
    ] as const;
    fixes.push({ title, safety: 'unsafe', operations });
  }
  return {
    at,
    span: getKeySpan(at),
    message: `EKS reads "${ROLE_ARN_ANNOTATION}" from ServiceAccounts only; on ${describeResource(resource)} it gives no role to anybody.`,
    ...(known && {
      related: [
        {
          place: { ...known.place, path: [...known.place.path, 'metadata', 'name'] },
          message: 'The ServiceAccount of its pods',
        },
      ],
    }),
    fixes,
  };
}
