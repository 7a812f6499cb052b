import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { isIngress, TLS, toIngressExample } from './_exposed';

const SNIPPET =
  /^((nginx\.)?ingress\.kubernetes\.io\/(configuration|server|auth|stream|modsecurity)-snippet|nginx\.org\/(location|server)-snippets)$/;

const toAnnotations = (line: string) => `  annotations:\n    ${line}\n`;

export default defineRule({
  id: 'ingress-nginx-snippet',
  category: 'network',
  title: 'Configuration of nginx in an Ingress',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cve/CVE-2021-25742', 'k8s/ingress'],
  docs: {
    what: 'An annotation of an Ingress holds configuration of nginx.',
    why: 'The controller runs it with its own rights, and it may read the Secrets of all namespaces. Whoever may write such an Ingress can have the token of the controller served to him. Both controllers refuse snippets unless they are switched on.',
    remedy:
      'Use the annotations for what is needed (headers, redirects, limits), or set it for the whole controller in its ConfigMap. Keep `allow-snippet-annotations` (`-enable-snippets` of the controller of NGINX Inc.) off.',
    flags: toIngressExample(
      'web.example.com',
      TLS,
      toAnnotations('nginx.ingress.kubernetes.io/configuration-snippet: more_set_headers "X-Frame-Options: DENY";'),
    )
      .replace('more_set', "'more_set")
      .replace('DENY";', `DENY";'`),
    passes: toIngressExample('web.example.com', TLS, toAnnotations('nginx.ingress.kubernetes.io/ssl-redirect: "true"')),
  },
  visit: {
    *resource(resource) {
      if (!isIngress(resource)) return;
      for (const [key, at] of resource.metadata.get('annotations').entries()) {
        if (!SNIPPET.test(key) || at.isAbsent || at.string?.trim() === '') continue;
        const known = key.startsWith('nginx.org/') ? '' : ' (CVE-2021-25742)';
        yield {
          at,
          message: `${describeResource(resource)} has configuration of nginx in "${key}": it runs with the rights of the controller, who reads the Secrets of every namespace${known}.`,
          fixes: [{ title: 'Remove the snippet', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
        };
      }
    },
  },
});
