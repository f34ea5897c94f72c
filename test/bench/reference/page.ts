/** Express, a session nobody has yet, and a page of Eta: what an anonymous page costs. */
import { listen, pageOf, plainApp } from './app.ts'

const app = await plainApp()
const page = pageOf()
app.get('/page', (_request, response) => void response.type('html').send(page('')))
listen(app)
