import type { Profile } from '../../model/profile.ts';
import type { InspectRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { recordFor } from '../gather/app-store.ts';
import { askedSource } from '../gather/asked-source.ts';
import { detected } from '../gather/release-inputs.ts';
import { projectConfig } from '../source/project-config.ts';
import { gatherSource } from '../source/source.ts';
import { sourcePlace } from '../source/source-place.ts';

/** What a repository is, with the evidence. Never runs the app's code. */
export async function inspect(context: Context, request: InspectRequest): Promise<Profile> {
  const place = await sourcePlace(context, askedSource(context, request.source), { ref: request.ref, keeps: true });
  const project = await projectConfig(context, place, {});
  const { name } = recordFor(context.home, { source: place.identity, name: context.appName ?? project.settings.app });
  const source = await gatherSource({ ...place, home: context.home, repository: null, base: null });

  try {
    return (await detected(name, source, project)).profile;
  } finally {
    await source.remove();
  }
}
