import * as vscode from 'vscode';

/** Folder of the scripts that views run. */
export function getScripts({ extensionUri }: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist');
}

/** The page of the view. It may run our one script and nothing else, and load nothing from anywhere. */
export function toPage(context: vscode.ExtensionContext, webview: vscode.Webview): string {
  const nonce = crypto.randomUUID();
  const toUri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(getScripts(context), name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${toUri('graph.css')}">
<title>Access graph</title>
</head>
<body class="empty">
<header role="toolbar" aria-label="Access graph">
<h1 id="title"></h1>
<button id="next" type="button" title="Go to the next finding (N)" hidden>Next finding</button>
<button id="zoom-out" type="button" title="Zoom out (-)" aria-label="Zoom out">−</button>
<span id="zoom" aria-hidden="true"></span>
<button id="zoom-in" type="button" title="Zoom in (+)" aria-label="Zoom in">+</button>
<button id="fit" type="button" title="Show all of it (0)">Fit</button>
<button id="export" type="button" title="Save the picture as a file">Export SVG</button>
</header>
<ul id="notes" aria-label="What is not known" hidden></ul>
<main>
<div id="window"><svg id="surface" xmlns="http://www.w3.org/2000/svg" role="group" aria-roledescription="graph"><g id="content"></g></svg></div>
<p id="message">Breakwater is reading the workspace …</p>
</main>
<div id="legend"></div>
<aside id="details" aria-label="The chosen node" hidden></aside>
<p id="status" role="status"></p>
<script nonce="${nonce}" src="${toUri('graph.js')}"></script>
</body>
</html>
`;
}
