import type { PodTemplate } from '../../model/kubernetes/pod';
import { getVolumes, type Volume } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';

/** A volume that is a path of the node. */
export interface HostPath {
  readonly volume: Volume;
  /** `hostPath.path`. */
  readonly at: Ref;
  /** The path without trailing or doubled slashes. */
  readonly path: string;
}

/** The hostPath volumes of a pod whose path is known; named pipes of Windows are no files. */
export function getHostPaths(pod: PodTemplate): HostPath[] {
  return getVolumes(pod).flatMap((volume) => {
    const at = volume.ref.get('hostPath', 'path');
    const path = at.isPresent ? at.string : undefined;
    return path && !path.startsWith('\\\\.\\pipe')
      ? [{ volume, at, path: path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '') }]
      : [];
  });
}

/** Sockets by which the runtimes take orders. */
const SOCKETS: readonly string[] = [
  '/docker.sock',
  '/containerd.sock',
  '/containerd/containerd.sock',
  '/k3s/containerd/containerd.sock',
  '/k0s/containerd.sock',
  '/crio/crio.sock',
  '/cri-dockerd.sock',
  '/podman/podman.sock',
  '/dockershim.sock',
];

const SOCKET_PATHS: ReadonlySet<string> = new Set(SOCKETS.flatMap((path) => [`/run${path}`, `/var/run${path}`]));

/** Directories that hold little but such a socket. */
const SOCKET_DIRECTORIES: ReadonlySet<string> = new Set(
  ['/containerd', '/k3s/containerd', '/crio', '/podman'].flatMap((path) => [`/run${path}`, `/var/run${path}`]),
);

/** What a path of the node gives to the runtime's socket: the socket, the directory it lies in, or nothing. */
export function getSocketKind(path: string): 'socket' | 'directory' | undefined {
  if (SOCKET_PATHS.has(path)) return 'socket';
  return SOCKET_DIRECTORIES.has(path) ? 'directory' : undefined;
}

const SENSITIVE: readonly (readonly [path: string, holds: string, withChildren: boolean])[] = [
  ['/', 'the whole file system of the node', false],
  ['/boot', 'the kernel that the node starts', true],
  ['/dev', 'the devices of the node', false],
  ['/etc', 'the configuration and passwords of the node', false],
  ['/etc/kubernetes', 'the credentials of the control plane', true],
  ['/etc/passwd', 'the users of the node', false],
  ['/etc/shadow', 'the passwords of the node', false],
  ['/etc/ssh', 'the keys of the node', true],
  ['/home', 'the files and keys of users of the node', false],
  ['/lib/modules', 'the modules of the kernel', false],
  ['/proc', 'the processes and kernel settings of the node', false],
  ['/root', 'the files and keys of root', true],
  ['/run', 'the sockets of the node, that of the runtime among them', false],
  ['/sys', 'the kernel and devices of the node', false],
  ['/usr', 'the programs of the node', false],
  ['/var', 'the data of the node, kubelet and runtime among them', false],
  ['/var/lib', 'the data of the node, kubelet and runtime among them', false],
  ['/var/lib/containerd', 'the files of all containers', true],
  ['/var/lib/docker', 'the files of all containers', true],
  ['/var/lib/etcd', 'the data of the cluster, Secrets among them', true],
  ['/var/lib/kubelet', 'the volumes and credentials of all pods of the node', false],
  ['/var/lib/kubelet/pki', 'the credentials of the kubelet', true],
  ['/var/log', 'the logs of all pods of the node', false],
  ['/var/run', 'the sockets of the node, that of the runtime among them', false],
];

/** What a sensitive path of the node holds; undefined for a path that is not one. */
export function getSensitiveContent(path: string): string | undefined {
  const entry = SENSITIVE.find(([known, , below]) => path === known || (below && path.startsWith(`${known}/`)));
  return entry?.[1];
}
