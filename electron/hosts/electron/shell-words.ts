export interface ShellWords {
  readonly openLink: string
  readonly open: string
  readonly cancel: string
  readonly engineLost: string
}

const words: Record<'zh-CN' | 'en', ShellWords> = {
  'zh-CN': {
    openLink: '要在浏览器中打开这个链接吗？',
    open: '打开',
    cancel: '取消',
    engineLost:
      '数据引擎多次意外退出，Storeboard 需要关闭。未保存的修改已留有恢复副本，下次启动时可以找回。',
  },
  en: {
    openLink: 'Open this link in your browser?',
    open: 'Open',
    cancel: 'Cancel',
    engineLost:
      'The data engine stopped unexpectedly more than once, so Storeboard has to close. A recovery copy of unsaved changes is kept and offered at the next start.',
  },
}

/** The few words of the shell itself; all others belong to the page. */
export function wordsFor(language: 'zh-CN' | 'en'): ShellWords {
  return words[language]
}
