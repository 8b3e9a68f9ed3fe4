// Generated from the API's description. Changes to this file are overwritten.
import { APIError, Notes } from 'notes';

// NOTES_API_KEY and NOTES_BASE_URL are read from the environment.
const client = new Notes();

try {
  const result = await client.notes.create({ blocks: [{ type: 'text', text: 'Buy milk' }] });
  console.log(result);

  const stream = await client.notes.create({ blocks: [{ type: 'text', text: 'Buy milk' }], stream: true });
  for await (const event of stream) console.log(event);

  for await (const item of client.notes.list()) console.log(item);
} catch (error) {
  if (!(error instanceof APIError)) throw error;
  console.error(error.message);
}
