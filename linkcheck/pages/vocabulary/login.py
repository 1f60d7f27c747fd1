"""Phrases that ask for a login."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

LOGIN = phrases("""
log in|login|log on|logon|log-in|sign in|signin|sign-in|sign on|single sign-on|single sign on|sso login
|log in or sign up|login or register|member login
|members only|user login|account login|login required|sign in required|authentication required|please log in
|please login|please sign in|authentication
|log into|sign into|log in to continue|sign in to continue|restricted access|web login service
|central authentication service|shibboleth login|cas login
|select your identity provider|choose your institution|you must log in|you must be logged in|session expired
|welcome back|register or log in
|anmelden|anmeldung|einloggen|anmeldung erforderlich|bitte anmelden|bitte melden sie sich an|melden sie sich an
|kundenlogin|mitgliederbereich|zentrale anmeldung
|benutzeranmeldung|zugang nur für mitglieder|jetzt anmelden|anmelden oder registrieren
|connexion|se connecter|connectez-vous|identifiez-vous|identification|authentification|espace membre
|veuillez vous connecter|connexion requise
|iniciar sesión|inicia sesión|inicie sesión|inicio de sesión|acceder|ingresar|identifícate|identificación|entrar
|acceso usuarios
|accedi|accesso|effettua l'accesso|autenticazione|area riservata|entra
|fazer login|faça login|iniciar sessão|inicie sessão|entre na sua conta|acessar conta|acesso restrito|autenticação
|inloggen|aanmelden|log in op|meld u aan|meld je aan
|zaloguj się|zaloguj|logowanie|zaloguj sie|strefa członkowska
|вход|войти|войдите|авторизация|вход в систему|вход в аккаунт|вход в личный кабинет|необходима авторизация
|требуется авторизация|войдите в аккаунт
|giriş yap|giriş|oturum aç|oturum açın|üye girişi|kullanıcı girişi|giriş yapın
|přihlášení|přihlásit se|logga in|log ind|logg inn|kirjaudu|kirjaudu sisään|увійти|вхід|bejelentkezés|conectare
|autentificare|σύνδεση|masuk|đăng nhập
|登录|登陆|用户登录|请登录|请先登录|账号登录|统一身份认证|身份认证|登入|會員登入|請先登入|需要登录
|ログイン|サインイン|ログインしてください|会員ログイン|ログインが必要です
|로그인|로그인이 필요합니다|로그인 해주세요|회원 로그인
|تسجيل الدخول|התחברות|เข้าสู่ระบบ
""")
"""Titles and headings of a login page."""

LOGIN_FILLER = words("""
a an the to your you please required form page account accounts continue or and in on with my user member members
customer portal secure here
sign up register create an account first must be need have via using need access view this content
bitte ihr ihrem konto mit bei zum zur im oder und registrieren sie sich seite à votre compte ou au pour continuer
s'inscrire veuillez
a tu su cuenta en para continuar o regístrate registrarse al tuo il per continuare registrati na sua conta para
cadastre-se
op uw je account met of om door te gaan do konta lub zarejestruj się rejestracja в аккаунт или регистрация для
продолжения на сайт
hesabınıza veya kayıt ol 注册 账号 账户 或 系统 平台 用户 中心 请 会員 登録 または が 新規 アカウント に 회원가입 또는
계정
""")
"""Words that may accompany them."""

DEMANDS = phrases("""
you must log in|you must be logged in|you must login|you need to log in|you need to be logged in|you need to login
|you need to sign in|you have to log in
|please log in to|please login to|please sign in to|log in to continue|sign in to continue|login to continue
|log in to view|sign in to view|login to view
|you are not logged in|you're not logged in|requires you to log in|must be signed in|you must sign in|login required
|log in to see|sign in to see
|only logged in users|only for members|members only|only registered users|content is password protected
|page is password protected|post is password protected|enter your password below|enter the password to view
|bitte melden sie sich an|sie müssen angemeldet sein|sie müssen sich anmelden|sie sind nicht angemeldet
|du musst angemeldet sein|bitte loggen sie sich ein
|nur für angemeldete|nur für mitglieder|anmeldung erforderlich|inhalt ist passwortgeschützt|seite ist passwortgeschützt
|vous devez être connecté|vous devez vous connecter|veuillez vous connecter|connectez-vous pour
|vous n'êtes pas connecté|réservé aux membres|est protégé par un mot de passe|protégée par un mot de passe
|debe iniciar sesión|debes iniciar sesión|inicie sesión para|inicia sesión para|debes estar registrado
|debe estar registrado|está protegido por contraseña|está protegida por contraseña
|devi effettuare l'accesso|devi accedere|accedi per|devi essere registrato|è necessario effettuare l'accesso
|è protetto da password|é protegido por senha|está protegido por senha
|faça login para|você precisa estar logado|é necessário fazer login|inicie sessão para|precisa fazer login
|u moet ingelogd zijn|je moet ingelogd zijn|log in om|u moet inloggen|je moet inloggen
|is beveiligd met een wachtwoord|jest chroniona hasłem|защищено паролем|защищена паролем|パスワードで保護|비밀번호로 보호
|musisz się zalogować|zaloguj się, aby|musisz być zalogowany
|необходимо войти|войдите, чтобы|необходимо авторизоваться|требуется авторизация|вы должны войти
|только для зарегистрированных|вы не авторизованы
|giriş yapmalısınız|giriş yapmanız gerekiyor|oturum açmanız gerekiyor|üye girişi yapmanız
|请先登录|请登录后|登录后查看|您还没有登录|需要登录|您尚未登录|請先登入|登入後
|ログインしてください|ログインが必要です|ログインする必要があります|会員限定
|로그인이 필요합니다|로그인 후 이용|로그인 해주세요|로그인하세요
""")
"""Sentences of pages that show nothing without a login."""

TALK = phrases("""
comment|comments|commenting|reply|kommentar|kommentare|kommentieren|antworten|commentaire|commentaires|commenter|répondre|comentario|comentarios|comentar
|responder|commento|commenti|commentare|rispondere|comentário|comentários|reactie|reacties|reageren|komentarz|komentarze|komentować|комментарий|комментарии
|комментировать|комментария|ответить|yorum|yorum yapmak|评论|留言|回复|評論|コメント|返信|댓글|답글
""")
"""Actions that need a login on a page that everyone can read."""
