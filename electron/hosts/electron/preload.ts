import { contextBridge, ipcRenderer } from 'electron'

/*
 * The page's whole view of the shell: a pipe of frames. Nothing is checked here, because the engine checks everything;
 * the main side drops frames whose sender is not the top frame of one of our windows.
 */
contextBridge.exposeInMainWorld('__bridge', {
  send: (frame: Uint8Array) => ipcRenderer.send('storeboard:frame', frame),
  onFrame: (listener: (frame: Uint8Array) => void) =>
    ipcRenderer.on('storeboard:frame', (_event, frame: Uint8Array) => listener(frame)),
  onClose: (listener: () => void) => ipcRenderer.on('storeboard:close', () => listener()),
})
