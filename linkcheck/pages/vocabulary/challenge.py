"""Phrases of bot challenges."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

CHECKING = phrases("""
just a moment|one moment, please|checking your browser|checking if the site connection is secure
|checking your connection
|verify you are human|verify that you are human|verify you are a human|verifying you are human|verify you're human
|verify you're a human
|verifying that you are human|verify your identity|confirm you are human|confirm you're human|are you human
|are you a human|are you a robot
|are you a human or a robot|prove you are human|prove that you are human|prove you're human|you are human|not a robot
|not a bot|you're not a bot
|making sure you're not a bot|human verification|bot verification|browser verification|security verification
|security check
|security checkpoint|verifying your browser|verifying your connection|verifying your identity
|performing security verification
|client challenge|robot challenge screen|robot check|captcha|captcha challenge|captcha required|recaptcha
|complete the captcha
|complete the security check|attention required|ddos protection|ddos-guard|anti-bot|antibot|bot protection
|pardon our interruption
|access to this page has been denied|please enable js and disable any ad blocker
|enable javascript and cookies to continue|unusual traffic
|javascript challenge|please wait while we check|please wait while we verify
|please wait while your request is being verified|validating
|validating your browser|loading challenge|complete this challenge|press & hold
|einen moment|nur einen moment|browser wird überprüft|ihr browser wird überprüft|überprüfung ihres browsers
|sicherheitsüberprüfung|sicherheitsabfrage
|bestätigen sie, dass sie ein mensch sind|dass sie ein mensch sind|sind sie ein mensch|sind sie ein roboter
|kein roboter|ich bin kein roboter
|verbindung wird überprüft|zugriff wird geprüft|menschliche überprüfung
|un instant|un instant…|vérification de votre navigateur|vérification de sécurité|vérifiez que vous êtes humain
|que vous êtes humain
|que vous êtes un humain|êtes-vous un robot|êtes-vous humain|pas un robot|contrôle de sécurité|vérification en cours
|un momento|comprobando su navegador|comprobando tu navegador|verificando su navegador|verificando que eres humano
|que eres humano|que es humano
|verificación de seguridad|comprobación de seguridad|no eres un robot|no soy un robot|eres un robot|eres humano
|controllo del browser|verifica di sicurezza|verifica che tu sia umano|che sei umano|sei un robot|non sei un robot
|non sono un robot|controllo di sicurezza
|um momento|só um momento|verificando seu navegador|verificando o navegador|verificação de segurança|que você é humano
|você é humano|não sou um robô
|você é um robô|não é um robô
|een moment|even geduld|uw browser wordt gecontroleerd|je browser wordt gecontroleerd|beveiligingscontrole
|bent u een robot|geen robot|dat u een mens bent
|chwileczkę|sprawdzanie przeglądarki|sprawdzamy twoją przeglądarkę|weryfikacja bezpieczeństwa|nie jesteś robotem
|nie jestem robotem|czy jesteś człowiekiem
|один момент|проверка браузера|проверка вашего браузера|проверяем браузер|проверка безопасности|вы не робот|я не робот
|не робот|вы человек|что вы человек
|подтвердите, что запросы отправляли вы, а не робот|проверка, что вы не робот|доступ ограничен
|bir dakika lütfen|az bekleyin|tarayıcınız kontrol ediliyor|güvenlik doğrulaması|güvenlik kontrolü|robot değilim
|robot olmadığınızı|insan olduğunuzu doğrulayın
|请稍候|正在检查您的浏览器|正在验证|安全验证|安全检查|人机验证|请完成验证|请完成安全验证|验证您是真人|滑动验证
|环境异常|访问验证|浏览器安全检查|正在进行安全验证|確認您是真人|請稍候
|機器人驗證|安全驗證
|しばらくお待ちください|ブラウザを確認しています|ブラウザーを確認しています|セキュリティ検証|セキュリティチェック
|人間であることを確認|ロボットではありません|ロボットではないことを確認|あなたはロボットですか
|잠시만 기다리십시오|잠시만 기다려|브라우저를 확인|보안 확인|보안 검사|사람인지 확인|로봇이 아닙니다|로봇이 아님
|자동 등록 방지
""")
"""Phrases of a check that is running or waits for the visitor."""

CHECKING_FILLER = words("""
a an the this that your you is are it its i i'm we we're to be of for before before accessing access website web site
page continue continuing
please wait while moment and or us help let oh sorry oops first just quick one more step needed required required.
secure security verification
verify verifying checking check browser connection request cloudflare vercel ddos-guard by enable javascript cookies
seconds few redirected
bitte warten sie ihren ihre ihr der die das wird werden dass sind und oder vor dem zugriff auf diese seite weiter
fortfahren
veuillez patienter votre vous que nous le la les pour continuer avant d'accéder por favor espere su tu antes de
continuar acceder al sitio
attendere prego il tuo prima di continuare aguarde o seu para antes continuar moment geduld aub proszę czekać
пожалуйста подождите мы проверяем
вы что ваш для продолжения lütfen bekleyin 请 您的 您 正在 进行 在 继续 之前 浏览器 连接 中 请稍等 以 して ください
いる 続行 する 前 に を 사이트 확인 하는 중
""")
"""Words that may accompany them."""
