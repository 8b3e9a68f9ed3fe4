// The official npm package against the gateway; prints what it saw as JSON, for test_openai_clients.py.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: `${process.env.POLYPORT_BASE_URL}/v1`, apiKey: 'unused', maxRetries: 0 });
const model = 'smollm2-135m';
const messages = [{ role: 'user', content: 'What is the capital of France?' }];
const settings = { model, messages, temperature: 0, max_tokens: 24 };

const models = [];
for await (const listed of client.models.list()) models.push(listed.id);
const reply = await client.chat.completions.create(settings);
let streamed = '';
for await (const chunk of await client.chat.completions.create({ ...settings, stream: true }))
  streamed += chunk.choices[0]?.delta?.content ?? '';
const several = await client.chat.completions.create({ ...settings, temperature: 1, n: 2, logprobs: true, top_logprobs: 2 });
const embedded = await client.embeddings.create({ model: 'all-minilm-l6-v2', input: 'A cat sits on the mat.' });
const error = await client.chat.completions.create({ ...settings, model: 'gone' }).catch((e) => [e.status, e.code]);

console.log(
  JSON.stringify({
    models,
    reply: reply.choices[0].message.content,
    streamed,
    choices: several.choices.length,
    logprobs: several.choices[0].logprobs.content.length,
    dimensions: embedded.data[0].embedding.length,
    error,
  }),
);
