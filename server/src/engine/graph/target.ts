import { readTrustPolicies } from '../../model/iam/read-trust-policies';
import { type Resource, readResources } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { findDocument } from '../../syntax/source-file';
import type { DocumentReport } from '../file-report';
import type { Project } from '../project';
import { type GraphTarget, TRUST_POLICY } from './graph';

/** What stands at an offset of a file that a graph can be about; undefined where nothing does. */
export function findTargetAt(project: Project, uri: string, offset: number): GraphTarget | undefined {
  const reports = project.checkDocuments(uri) ?? [];
  const report =
    reports[
      findDocument(
        reports.map(({ source }) => source),
        offset,
      )
    ];
  if (!report) return undefined;
  const at = offset - report.source.start;
  const { tree } = report.source;
  const resource = choose(readResources(tree), ({ root }) => root, at);
  // A policy inside of an object, such as an ACK Role, is what is meant there.
  const policies = readTrustPolicies(tree);
  const policy = choose(policies, ({ root }) => root, at);
  if (policy) {
    const before = reports.slice(0, reports.indexOf(report)).flatMap(readPoliciesOf).length;
    const name = String(before + policies.indexOf(policy));
    return { kind: 'object', uri, objectKind: TRUST_POLICY, namespace: undefined, name };
  }
  return resource && toTarget(uri, resource);
}

const readPoliciesOf = ({ source }: DocumentReport) => readTrustPolicies(source.tree);

/** The one whose text holds the offset; the only one there is. */
function choose<T>(all: readonly T[], getRoot: (one: T) => Ref, at: number): T | undefined {
  const holding = all.find((one) => {
    const span = getRoot(one).node?.span;
    return span !== undefined && span.start <= at && at <= span.end;
  });
  return holding ?? (all.length === 1 ? all[0] : undefined);
}

function toTarget(uri: string, { kind, group, name, namespace }: Resource): GraphTarget {
  if (kind === 'Namespace' && group === '' && name !== undefined) return { kind: 'namespace', name };
  return { kind: 'object', uri, objectKind: kind, namespace, name };
}
