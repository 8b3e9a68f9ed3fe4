// Generated from the API's description. Changes to this file are overwritten.
import { APIError, Polyport } from '@polyport/sdk';

// POLYPORT_API_KEY and POLYPORT_BASE_URL are read from the environment.
const client = new Polyport();

try {
  const result = await client.chat.completions.create({
    model: 'smollm2-135m',
    messages: [{ role: 'user', content: 'What is the capital of France?' }],
  });
  console.log(result);

  const stream = await client.chat.completions.create({
    model: 'smollm2-135m',
    messages: [{ role: 'user', content: 'What is the capital of France?' }],
    stream: true,
  });
  for await (const event of stream) console.log(event);

  for await (const item of client.models.list()) console.log(item);
} catch (error) {
  if (!(error instanceof APIError)) throw error;
  console.error(error.message);
}
