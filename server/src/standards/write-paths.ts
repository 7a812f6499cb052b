// Where the programs of official images write beside /tmp and the volumes that the images declare themselves. Sources: the
// images' documentation and Dockerfiles (docker-library on GitHub); for nginx the section on its read-only mode.

/** Directories by the name of an official image. */
export const WRITE_PATHS: Readonly<Record<string, readonly string[]>> = {
  // Its process id, in the directory of its logs.
  httpd: ['/usr/local/apache2/logs'],
  // Its socket and process id.
  mariadb: ['/run/mysqld'],
  mysql: ['/var/run/mysqld'],
  // Temporary files of requests and answers; its process id.
  nginx: ['/var/cache/nginx', '/var/run'],
  // Its socket.
  postgres: ['/var/run/postgresql'],
};

/** The directories that an image is known to write to; `name` is that of the image, without tag and digest. */
export function getWritePaths(name: string): readonly string[] {
  const official = /^(?:(?:docker\.io\/)?(?:library\/)?|public\.ecr\.aws\/docker\/library\/)([a-z]+)$/.exec(name)?.[1];
  return official === undefined ? [] : (Object.entries(WRITE_PATHS).find(([image]) => image === official)?.[1] ?? []);
}
