/** Whether a variable's name says that its value must not be shown. */
export function isSecretName(name: string): boolean {
  return /SECRET|PASSWORD|PASSWD|(?:^|_)PASS(?:$|_)|TOKEN|(?:^|_)KEY(?:$|_)|APIKEY|CREDENTIAL|PRIVATE|SALT|DSN|_URL$|_URI$|^URL$/.test(
    name,
  );
}
