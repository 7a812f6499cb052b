import type { Ref } from '../../syntax/ref';
import { readBinding } from '../kubernetes/rbac-bindings';
import { getEffectiveNamespace, type Resource } from '../kubernetes/resource';
import type { Fact } from './fact';

/** Type of a Secret for which the control plane makes a token that never expires. */
export const TOKEN_SECRET_TYPE = 'kubernetes.io/service-account-token';

/** What an object says of service accounts beside being one: whom a binding gives rights, which Secret holds a token. */
export function readAccountFacts(resource: Resource): Fact[] {
  return [...readBindingFacts(resource), ...readTokenSecretFacts(resource)];
}

/** `automountServiceAccountToken` of a pod or account; `"false"` in quotes is refused by the API server, so it answers nothing. */
export function readAutomount(ref: Ref): boolean | 'unset' | 'unknown' {
  const value = ref.get('automountServiceAccountToken');
  if (value.isUnknown) return 'unknown';
  return value.isAbsent ? 'unset' : (value.boolean ?? 'unknown');
}

function readBindingFacts(resource: Resource): Fact[] {
  const binding = readBinding(resource);
  if (!binding) return [];
  return binding.subjects.flatMap(({ ref, kind, name }): Fact[] => {
    if (kind !== 'ServiceAccount' || name === undefined) return [];
    const written = ref.get('namespace');
    // The API server demands a namespace; tools that fill one in take the binding's own.
    const namespace = written.isPresent ? written.string : written.isUnknown ? undefined : resource.namespace;
    const value = { kind: resource.kind, binding: resource.name, role: binding.roleName, namespace };
    return [{ topic: 'account-binding', key: name, value, path: resource.root.path }];
  });
}

function readTokenSecretFacts(resource: Resource): Fact[] {
  const { kind, group, name, namespace, root, metadata } = resource;
  if (kind !== 'Secret' || group !== '' || name === undefined || root.get('type').string !== TOKEN_SECRET_TYPE)
    return [];
  const key = getEffectiveNamespace(resource);
  if (key === undefined) return [];
  const account = metadata.get('annotations', 'kubernetes.io/service-account.name');
  const value = {
    name,
    isNamespaceWritten: namespace !== undefined,
    account: account.isPresent ? account.string : undefined,
  };
  return [{ topic: 'token-secret', key, value, path: root.path }];
}
