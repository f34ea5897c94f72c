/** The least a program of Node can do: an answer of a few bytes. */
import { createServer } from 'node:http'

createServer((_request, response) => void response.end('hello')).listen(Number(process.env.PORT), '127.0.0.1')
