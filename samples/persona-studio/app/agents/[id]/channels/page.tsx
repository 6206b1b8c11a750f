import { createClient } from '@/lib/supabase/server';
import { connectChannel } from './actions';

type Props = { params: Promise<{ id: string }> };

export default async function ChannelsPage({ params }: Props) {
  const { id } = await params;
  const supabase = await createClient();

  const { data: agent } = await supabase.from('agents').select('id, name').eq('id', id).single();
  const { data: channels } = await supabase.from('channels').select('id, slug, name').order('name');
  const { data: connected } = await supabase
    .from('agent_channels')
    .select('channel_id, account_handle')
    .eq('agent_id', id);

  const handles = new Map((connected ?? []).map((row) => [row.channel_id, row.account_handle]));
  return (
    <main>
      <h1>Channels of {agent?.name}</h1>
      {(channels ?? []).map((channel) => (
        <form key={channel.id} action={connectChannel.bind(null, id)}>
          <input type="hidden" name="channel_id" value={channel.id} />
          <label>
            {channel.name}
            <input name="account_handle" defaultValue={handles.get(channel.id) ?? ''} />
          </label>
          <button type="submit">Save</button>
        </form>
      ))}
    </main>
  );
}
