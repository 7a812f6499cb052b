import type { Fix } from '../../engine/operation';
import type { Severity } from '../../engine/settings';
import type { Container } from '../../model/kubernetes/pod';
import { getMounts } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';
import { AWS_TOKEN_PATH, getProjectedTokens } from '../service-account/_token-volumes';
import { STS_AUDIENCE } from './_statement';

/** What is wrong with the token that a container reads by a variable of its own. */
export interface TokenFault {
  readonly at: Ref;
  /** What the container does, or cannot do. */
  readonly what: string;
  readonly fixes: readonly Fix[];
  readonly severity?: Severity;
}

/** The first fault on the way from a file to the token in it; undefined where there is none, or where the file is made elsewhere. */
export function getTokenFault(container: Container, file: string, value: Ref): TokenFault | undefined {
  const tokens = getProjectedTokens(container.pod).flatMap(({ volume, token }) => {
    const mounts = getMounts(container.pod, volume).filter((mount) => mount.container === container);
    return mounts.flatMap(({ ref }) => {
      const folder = ref.get('mountPath').string?.replace(/\/+$/, '');
      const path = token.get('path').string;
      const isPlain = ref.get('subPath').isAbsent && ref.get('subPathExpr').isAbsent;
      return folder === undefined || path === undefined || !isPlain
        ? []
        : [{ token, mount: ref, folder, file: `${folder}/${path}` }];
    });
  });
  const own = tokens.find((one) => one.file === file);
  if (own) return getAudienceFault(own.token) ?? getMountFault(own.mount);
  const beside = tokens.filter(({ folder }) => file.startsWith(`${folder}/`));
  const [only, ...others] = beside.length > 0 ? beside : isMounted(container, file) ? [] : tokens;
  if (!only || others.length > 0 || file.startsWith(`${AWS_TOKEN_PATH}/`)) return undefined;
  const title = `Read "${only.file}"`;
  return {
    at: value,
    what: `cannot take on a role: no token is at "${file}", the one of this container is at "${only.file}"`,
    fixes: [{ title, safety: 'unsafe', operations: [{ op: 'set', at: value, value: only.file }] }],
  };
}

/** A token that AWS does not take; undefined for one that it may take. */
export function getAudienceFault(token: Ref): TokenFault | undefined {
  const at = token.get('audience');
  if (at.isUnknown || (at.isPresent && at.string === undefined)) return undefined;
  // Without an audience the token is one for the API server; another one may be what the role asks for.
  if (at.isPresent && !/sts|amazon|aws/i.test(at.string ?? '')) return undefined;
  if (at.string === STS_AUDIENCE) return undefined;
  return {
    at,
    what: at.isPresent
      ? `cannot take on a role: its token is for "${at.string}", and AWS takes tokens for "${STS_AUDIENCE}"`
      : 'cannot take on a role: its token names no audience, so it is one for the API server, which AWS does not take',
    fixes: [
      {
        title: `Set audience: ${STS_AUDIENCE}`,
        safety: 'unsafe',
        operations: [{ op: 'set', at, value: STS_AUDIENCE }],
      },
    ],
  };
}

/** The kubelet mounts projected volumes read-only whatever a mount says (since 1.10), so this is about readers alone. */
function getMountFault(mount: Ref): TokenFault | undefined {
  const at = mount.get('readOnly');
  if (at.isUnknown || (at.isPresent && at.boolean !== false)) return undefined;
  return {
    at,
    severity: 'info',
    what: `mounts its token for AWS ${at.isPresent ? 'with "readOnly: false"' : 'without "readOnly: true"'}, and the kubelet mounts it read-only all the same`,
    fixes: [{ title: 'Set readOnly: true', safety: 'safe', operations: [{ op: 'set', at, value: true }] }],
  };
}

function isMounted({ ref }: Container, file: string): boolean {
  return ref
    .get('volumeMounts')
    .items()
    .some((mount) => {
      const folder = mount.get('mountPath').string?.replace(/\/+$/, '');
      return folder === undefined || file === folder || file.startsWith(`${folder}/`);
    });
}
