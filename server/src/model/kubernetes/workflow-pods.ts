import type { Ref } from '../../syntax/ref';
import type { Container, PodTemplate } from './pod';
import type { Resource } from './resource';

/** Where each kind of Argo Workflows keeps its WorkflowSpec. */
const SPEC_ROUTES: Readonly<Record<string, readonly string[]>> = {
  Workflow: ['spec'],
  WorkflowTemplate: ['spec'],
  ClusterWorkflowTemplate: ['spec'],
  CronWorkflow: ['spec', 'workflowSpec'],
};

/**
 * The pods of an Argo workflow: one for each template that runs a container or a script. A template is no PodTemplateSpec: its
 * one main container stands under `container` or `script`, and its pod's security context is its own or else the workflow's.
 * Source: argo-workflows, Template and WorkflowSpec of pkg/apis/workflow/v1alpha1.
 */
export function getWorkflowPods(resource: Resource): PodTemplate[] {
  const { group, kind } = resource;
  const route = group === 'argoproj.io' && Object.hasOwn(SPEC_ROUTES, kind) ? SPEC_ROUTES[kind] : undefined;
  if (!route) return [];
  const workflow = resource.root.get(...route);
  return workflow
    .get('templates')
    .items()
    .flatMap((template) => toPod(resource, workflow, template) ?? []);
}

function toPod(resource: Resource, workflow: Ref, template: Ref): PodTemplate | undefined {
  const mains = [template.get('container'), template.get('script')].filter((ref) => ref.get('image').isWritten);
  if (mains.length === 0) return undefined;
  const own = template.get('securityContext');
  const containers: Container[] = [];
  const pod: PodTemplate = {
    resource,
    metadata: template.get('metadata'),
    spec: template,
    securityContext:
      own.isWritten || !workflow.get('securityContext').isWritten ? own : workflow.get('securityContext'),
    containers,
    isFragment: false,
  };
  const add = (field: Container['field'], ref: Ref): void => {
    if (!ref.get('image').isWritten) return;
    const name = ref.get('name').string ?? template.get('name').string;
    containers.push({ pod, field, ref, name, securityContext: ref.get('securityContext'), isFragment: false });
  };
  for (const ref of template.get('initContainers').items()) add('initContainers', ref);
  for (const ref of [...mains, ...template.get('sidecars').items()]) add('containers', ref);
  return pod;
}
