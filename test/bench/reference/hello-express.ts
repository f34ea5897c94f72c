/** The least an Express program can do. */
import express from 'express'

const app = express()
app.disable('x-powered-by')
app.get('/{*any}', (_request, response) => void response.send('hello'))
app.listen(Number(process.env.PORT), '127.0.0.1')
