import { z } from 'zod'

// Imported before anything else: probing for `new Function` is what the content policy refuses.
z.config({ jitless: true })
