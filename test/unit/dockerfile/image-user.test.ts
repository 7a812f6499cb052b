import { describe, expect, it } from 'vitest';
import { type ImageUser, readImageUser } from '../../../server/src/model/dockerfile/image-user';
import { parseDockerfile } from '../../../server/src/syntax/dockerfile/parse';
import { getLanguageOfName } from '../../../server/src/syntax/language';
import { Ref } from '../../../server/src/syntax/ref';

function userOf(text: string): ImageUser {
  const tree = parseDockerfile(text);
  expect(tree.problems).toEqual([]);
  return readImageUser(Ref.root(tree));
}

describe('the user of an image', () => {
  it.each([
    ['FROM registry.example.com/base\nUSER app', 'app'],
    ['FROM node:22\nUSER root\nUSER app:staff', 'app'],
    ['from node:22\nuser app', 'app'],
    ['FROM node:22\nARG NAME=app\nUSER $NAME', 'app'],
    ['FROM node:22\nENV NAME=app\nUSER ${NAME}', 'app'],
    ['ARG NAME=web\nFROM node:22\nARG NAME\nUSER ${NAME}', 'web'],
    ['FROM node:22 AS base\nUSER app\nFROM scratch AS other\nUSER 0\nFROM Base', 'app'],
    ['FROM node:22\r\nUSER app\r\n', 'app'],
    ['# escape=`\nFROM mcr.microsoft.com/windows/nanoserver\nUSER `\n  app', 'app'],
  ])('is the name that its last stage ends with: %j', (text, name) => {
    expect(userOf(text)).toMatchObject({ kind: 'named', name });
  });

  it.each([
    ['FROM node:22', 'node'],
    [
      'FROM --platform=$BUILDPLATFORM golang:1.25 AS build\nUSER app\nFROM scratch\nCOPY --from=build /app /app',
      'scratch',
    ],
    ['FROM docker.io/library/python:3.13-slim@sha256:abc', 'python'],
    ['ARG VERSION=3\nFROM alpine:${VERSION}', 'alpine'],
    ['FROM node:22\nUSER 0', undefined],
    ['FROM node:22\nUSER 0:0', undefined],
  ])('is root: %j', (text, base) => {
    expect(userOf(text)).toMatchObject({ kind: 'root', base });
  });

  it.each(['FROM node:22\nUSER 1000', 'FROM node:22\nUSER 1000:1000', 'FROM a\nARG UID=1200\nUSER ${UID}:0'])(
    'is a number: %j',
    (text) => {
      expect(userOf(text)).toEqual({ kind: 'numeric' });
    },
  );

  it.each([
    '',
    '# nothing',
    'ARG A=b',
    'FROM registry.example.com/base',
    'FROM $BASE',
    'FROM node:22\nARG NAME\nUSER $NAME',
    'FROM node:22\nUSER',
    'FROM node:22\nUSER two words',
    'FROM node:22 AS node\nFROM other',
  ])('is not known: %j', (text) => {
    expect(userOf(text)).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['RUN useradd --uid 1200 app'],
    ['RUN useradd --uid=1200 app'],
    ['RUN groupadd -g 5 app && useradd -r -u 1200 -g app -d /srv -s /usr/sbin/nologin app'],
    ['RUN addgroup -S app \\\n && adduser -S -D -H -u 1200 -G app app \\\n && mkdir /data'],
    ['RUN adduser --system --uid 1200 --gecos "" app;true'],
    ['RUN /usr/sbin/useradd -mru 1200 app'],
    ['RUN <<EOF\nset -e\nuseradd -u1200 app\nEOF'],
  ])('has the number that the Dockerfile gives it: %s', (run) => {
    expect(userOf(`FROM debian:13\n${run}\nUSER app`)).toMatchObject({ kind: 'named', uid: 1200 });
  });

  it.each([
    ['FROM debian:13\nRUN useradd app\nUSER app'],
    ['FROM debian:13\nRUN useradd -u 1200 other\nUSER app'],
    ['FROM debian:13\nRUN useradd -u 1200 app\nFROM debian:13\nRUN useradd -u 1300 app\nUSER app'],
    ['FROM debian:13\nRUN useradd -u 0 -o app\nUSER app'],
  ])('has none where it is not said, or said twice: %j', (text) => {
    expect(userOf(text)).toMatchObject({ kind: 'named', uid: undefined });
  });

  it('has the number that a well-known base brings', () => {
    expect(userOf('FROM node:22\nUSER node')).toMatchObject({ uid: 1000 });
    expect(userOf('FROM gcr.io/distroless/static-debian13\nUSER nonroot:nonroot')).toMatchObject({ uid: 65532 });
  });

  it('tells where the instruction stands', () => {
    const text = 'FROM node:22\n\n  USER app:staff # not a comment\n'.replace(' # not a comment', '');
    const tree = parseDockerfile(text);
    const user = readImageUser(Ref.root(tree));
    const { anchor } = Ref.root(tree).get(...('path' in user ? user.path : []));
    expect(text.slice(anchor.start, anchor.end)).toContain('USER');
  });
});

describe('the name of a Dockerfile', () => {
  it.each(['Dockerfile', 'dockerfile', 'Containerfile', 'Dockerfile.web', 'web.Dockerfile', 'web.dockerfile'])(
    '%s is one',
    (name) => expect(getLanguageOfName(name)).toBe('dockerfile'),
  );
  it.each(['Dockerfile.md', 'Dockerfile.tmpl', 'Dockerfile.dockerignore', 'MyDockerfile', 'dockerfiles', 'a.txt'])(
    '%s is none',
    (name) => expect(getLanguageOfName(name)).toBeUndefined(),
  );
});
