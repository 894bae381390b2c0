import type { ThemeConfig } from 'antd'
import { theme } from 'antd'
import type { ThemeName } from './palette.ts'
import { palettes } from './palette.ts'

export const fontFamily =
  "'Segoe UI', system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

/** The component kit in our colours: dense, flat, without shadows but for what floats; still for who asked for that. */
export function kitTheme(name: ThemeName, still: boolean): ThemeConfig {
  const colors = palettes[name]
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily,
      motion: !still,
      fontSize: 13,
      controlHeight: 28,
      controlHeightSM: 24,
      borderRadius: 5,
      borderRadiusLG: 8,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      colorPrimary: colors.accent,
      colorPrimaryHover: colors.accentHover,
      colorPrimaryActive: colors.accentHover,
      colorPrimaryText: colors.accentText,
      colorLink: colors.accentText,
      colorText: colors.text,
      colorTextSecondary: colors.muted,
      colorTextTertiary: colors.muted,
      colorTextDescription: colors.muted,
      colorTextPlaceholder: colors.muted,
      colorBorder: colors.lineStrong,
      colorBorderSecondary: colors.line,
      colorBgContainer: colors.surface,
      colorBgElevated: name === 'dark' ? colors.raised : colors.surface,
      colorBgLayout: colors.ground,
      colorError: colors.danger,
      colorSuccess: colors.success,
      colorWarning: colors.warning,
      boxShadowSecondary: '0 6px 20px rgb(10 15 30 / 16%), 0 1px 3px rgb(10 15 30 / 12%)',
    },
    components: {
      Button: {
        fontWeight: 500,
        colorPrimaryHover: colors.accentPressed,
        colorPrimaryActive: colors.accentPressed,
        defaultHoverColor: colors.accentText,
        defaultHoverBorderColor: colors.accentText,
        defaultActiveColor: colors.accentText,
        defaultActiveBorderColor: colors.accentText,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
      Tooltip: { fontSize: 12 },
      Segmented: { trackBg: colors.hover, itemSelectedBg: colors.surface },
      Slider: {
        railBg: colors.lineStrong,
        railHoverBg: colors.lineStrong,
        trackBg: colors.accent,
        trackHoverBg: colors.accent,
        handleColor: colors.accentText,
        handleActiveColor: colors.accentText,
        dotActiveBorderColor: colors.accentText,
      },
      Modal: { titleFontSize: 15 },
    },
  }
}
