import * as vscode from 'vscode';

/**
 * What the person has set for a file, without defaults: the server lets the configuration file of the workspace stand
 * wherever nothing was set in the editor.
 */
export function getOwnSettings(scope: vscode.Uri | undefined): object {
  const section = vscode.workspace.getConfiguration('breakwater', scope);
  const rules = section.inspect<object>('rules');
  return {
    podSecurity: { level: getOwn(section, 'podSecurity.level') },
    kubernetesVersion: getOwn(section, 'kubernetesVersion'),
    rules: { ...rules?.globalValue, ...rules?.workspaceValue, ...rules?.workspaceFolderValue },
    exclude: getOwn(section, 'exclude'),
    podTemplates: getOwn(section, 'podTemplates'),
    allowedRegistries: getOwn(section, 'allowedRegistries'),
    clusterCidrs: getOwn(section, 'clusterCidrs'),
    irsa: { roles: getOwn(section, 'irsa.roles') },
    workspace: {
      complete: getOwn(section, 'workspace.complete'),
      external: getOwn(section, 'workspace.external'),
    },
    codeLens: { enable: getOwn(section, 'codeLens.enable') },
  };
}

function getOwn(section: vscode.WorkspaceConfiguration, key: string): unknown {
  const found = section.inspect(key);
  return found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
}
